/** How far classes part. */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { Plan } from "../../../experiments/plan/plan.ts";
import { separationOf } from "../../../experiments/compare/separation.ts";
import { drawSeparation, separationLines } from "../../../experiments/report/separation.ts";
import { cellsOf } from "./cells.ts";

const planOf = (id: string) => ({
  ...{ id, preset: "quick", dataset: "mnist" },
  recipe: { featureDim: 2, loss: { kind: "cross-entropy" } },
} as unknown as Plan);

/** Two epochs of two classes, a third without samples and a fourth without a center. */
const lines = {
  pairs: [["1", "2"], ["1", ""], ["1", "4"], ["2", "6"], ["2", "12"], ["2", ""]]
    .map(([epoch, distance]) => ({ epoch, euclidean_distance: distance })),
  samples: ["1", "2"].flatMap((epoch) =>
    [["train", "30", "1"], ["train", "10", "9"], ["train", "0", ""], ["train", "5", ""], [
      "test",
      "9",
      "99",
    ]]
      .map(([split, samples, mean_squared_distance]) => ({
        ...{ epoch, split, samples, mean_squared_distance },
      }))
  ),
  metrics: [["1", "0.5"], ["2", "0.875"]].map(([epoch, accuracy]) => ({
    epoch,
    train_accuracy_by_nearest_center: accuracy,
  })),
};

Deno.test("separationOf() divides the mean distance of centers by the size of a class", () => {
  const { apart, relative, accuracy } = separationOf(planOf("a"), lines);
  assertEquals([apart, accuracy], [[3, 9], [0.5, 0.875]]);
  // 30 samples at 1 and 10 at 9: a mean square of 3.
  relative.forEach((ratio, i) => assertAlmostEquals(ratio, [3, 9][i] / Math.sqrt(3), 1e-12));
});

const path = "results/quick/separation.png";
const one = separationOf(planOf("a"), lines);
const runs = [one, { ...one, plan: planOf("b"), apart: [2, 1] }];

Deno.test("separationLines() has a figure, and a line a run: from the middle to the end", () => {
  const [image, , titles, , ...rest] = separationLines([{ path, runs }]);
  assertEquals(image.endsWith(`](../${path})`), true);
  assertEquals(cellsOf(titles).length, 7);
  assertEquals(rest.map(cellsOf), [
    ["a", "quick", "1 and 2", "x 3.00", "x 3.00", "50.00 %", "87.50 %"],
    ["b", "quick", "1 and 2", "x 0.50", "x 3.00", "50.00 %", "87.50 %"],
  ]);
  assertEquals(separationLines([]), ["No results are in the repository yet."]);
});

Deno.test("drawSeparation() draws a PNG, the same for the same numbers", () => {
  const png = drawSeparation(runs);
  assertEquals(new TextDecoder("latin1").decode(png.subarray(1, 4)), "PNG");
  assertEquals(drawSeparation(runs), png);
});
