/** How far classes part. */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  drawSeparation,
  separation,
  type SeparationFigure,
  separationLines,
} from "../../../experiments/report/separation.ts";

/** Two epochs of two classes and a third without samples. */
const lines = {
  pairs: [["1", "2"], ["1", "4"], ["2", "6"], ["2", "12"]]
    .map(([epoch, distance]) => ({ epoch, distance })),
  samples: ["1", "2"].flatMap((epoch) =>
    [["train", "30", "1"], ["train", "10", "9"], ["train", "0", ""], ["test", "9", "99"]]
      .map(([split, samples, mean_squared_distance]) => ({
        ...{ epoch, split, samples, mean_squared_distance },
      }))
  ),
  metrics: [["1", "0.5"], ["2", "0.875"]].map(([epoch, accuracy]) => ({
    epoch,
    train_accuracy_by_nearest_center: accuracy,
  })),
};

Deno.test("separation() divides the mean distance of centers by the size of a class", () => {
  const { apart, relative, accuracy } = separation("a", lines);
  assertEquals([apart, accuracy], [[3, 9], [0.5, 0.875]]);
  // 30 samples at 1 and 10 at 9: a mean square of 3.
  relative.forEach((ratio, i) => assertAlmostEquals(ratio, [3, 9][i] / Math.sqrt(3), 1e-12));
});

const figure: SeparationFigure = {
  path: "results/quick/separation-mnist-2.png",
  title: "mnist",
  rows: [separation("a", lines), { ...separation("b", lines), apart: [2, 1] }],
};

Deno.test("separationLines() says by which factor the distance changed, and lines fit", () => {
  const lines = separationLines([figure, figure]);
  const text = lines.slice(2, lines.indexOf("", 2)).join(" ");
  assertEquals(
    text,
    "Here (mnist), from epoch 1 to 2 the mean distance between centers changed by a factor of 3.00 under `a` " +
      "(relative to the size of a class 3.00, while training accuracy went from 50.00\u00a0% to 87.50\u00a0%) and " +
      "0.50 under `b` (relative to the size of a class 3.00, while training accuracy went from 50.00\u00a0% to " +
      "87.50\u00a0%).",
  );
  assertEquals(lines.filter((line) => !line.startsWith("![") && line.length > 100), []);
  assertEquals(separationLines([]).length, 1);
});

Deno.test("drawSeparation() draws a PNG, the same for the same numbers", () => {
  const png = drawSeparation(figure);
  assertEquals(new TextDecoder("latin1").decode(png.subarray(1, 4)), "PNG");
  assertEquals(drawSeparation(figure), png);
});
