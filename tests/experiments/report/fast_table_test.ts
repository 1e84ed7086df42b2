/** The tables of `docs/fast.md`, and its figure. */
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import {
  barOf,
  fastResults,
  fastSettings,
  searchLines,
} from "../../../experiments/report/fast/fast_table.ts";
import type { Result } from "../../../experiments/report/results.ts";
import { CATALOG } from "../../../experiments/rows/catalog.ts";
import { missedFigure } from "../../../experiments/report/fast/fast_curves.ts";
import { planOf } from "../../../experiments/plan/plan.ts";
import { cellsOf } from "./cells.ts";

const rows = [...CATALOG.values()].filter(({ source }) => source?.row !== undefined);
const row = (id: string) => CATALOG.get(id)!;

/** Cells of the lines under the titles. */
const cells = (lines: readonly string[]) => lines.slice(2).map(cellsOf);

/** A run of preset `fast` that ended like this. */
function ended(id: string, seed: number, accuracies: readonly number[], epochs?: number): Result {
  const metrics = accuracies.map((accuracy, i) => ({
    epoch: String(i + 1),
    test_accuracy_by_logit: String(accuracy),
    train_accuracy_by_logit: String(accuracy - 0.01),
    test_accuracy_by_nearest_center: String(accuracy - 0.5),
  }));
  const own = planOf(row(id), "fast");
  const config = {
    plan: { ...own, epochs: epochs ?? own.epochs, seed },
    adapter: "llvmpipe (LLVM 15, 256 bits)",
    commit: "0123456789",
  };
  return { folder: "a", config, metrics, seconds: 300, fastest: 90 } as unknown as Result;
}

Deno.test("barOf() is the published value less what the data set and the features allow", () => {
  const ids = ["xent-mnist-2", "cent-fashion-mnist-128", "xent-cifar-10-128", "xent-cifar-10-2"];
  assertEquals(ids.map((id) => barOf(row(id))), [0.988, 0.922, 0.851, 0.785]);
});

Deno.test("fastSettings() has a line for the losses that share theirs, and says which features where a loss has two", () => {
  const lines = cells(fastSettings(rows));
  const losses = lines.flatMap(([set, losses]) =>
    losses.split(/, (?!\d+-D)/).map((loss) => `${set} ${loss}`)
  );
  const split = "Fashion-MNIST standalone";
  assertEquals(losses.filter((loss) => loss.startsWith(split)), [
    `${split}, 2-D`,
    `${split}, 128-D`,
  ]);
  assertEquals(new Set(losses).size, 10, "three losses on three sets, one of them twice");
  assertEquals(losses.length, 10);
  const { recipe: { optimizer } } = planOf(row("cent-cifar-10-2"), "fast");
  const line = lines.find(([set, loss]) => set === "CIFAR-10" && loss.includes("+ center"))!;
  assertEquals([line[4], line[7]], [String(optimizer.lr), "60 %"]);
});

Deno.test("fastResults() says of each row whether the mean of its seeds reaches the bar", () => {
  const results = [
    ended("xent-mnist-2", 1, [0.9, 0.9879]),
    ended("xent-mnist-2", 2, [0.9, 0.9881]),
    ended("cent-mnist-2", 1, [0.98, 0.9869], 2),
    {
      ...ended("xent-mnist-128", 1, [0.5]),
      config: { plan: { ...row("xent-mnist-128"), preset: "quick" } },
    },
  ] as Result[];
  const told = fastResults(rows, results), table = told.filter((line) => line.startsWith("|"));
  const lines = cells(table),
    of = (id: string) => lines.find(([name]) => name === `\`${id}\``)!;
  assertEquals(lines.length, 18);
  assertEquals(of("xent-mnist-2").slice(1), [
    ...[
      "0.991",
      "0.988",
      "0.9000, 0.9879",
      "0.9880 ± 0.0001",
      "2",
      "yes",
      "3",
      "yes",
      "8",
      "0123456",
    ],
  ]);
  assertEquals(of("cent-mnist-2").slice(4), [
    ...["0.9869", "1", "no, 0.0001 short", "3", "yes", "8", "0123456 †"],
  ]);
  assert(
    told.at(-1)!.startsWith(
      "† Trained with other settings than `fast` has today: epochs 2, today 3",
    ),
  );
  assertEquals(of("xent-mnist-128").slice(3), [
    "not trained yet",
    "-",
    "0",
    "-",
    "-",
    "-",
    "-",
    "-",
  ]);
});

Deno.test("fastResults() says of a row by how many minutes it misses its time", () => {
  const run = { ...ended("xent-fashion-mnist-2", 1, [0.8, 0.9, 0.91]), fastest: 900 };
  const line = cells(fastResults(rows, [run])).find(([name]) =>
    name.includes("xent-fashion-mnist-2")
  )!;
  assertEquals(line.slice(7, 9), ["45", "no, 15 over"]);
});

Deno.test("searchLines() shows what was tried, and that nothing was", () => {
  assert(searchLines([]).join().startsWith("No search"));
  const line = { row: "a", width: "1", train_size: "9", epochs: "3", epochs_run: "2", lr: "0.1" };
  const more = {
    weight_decay: "0",
    center_ramp: "",
    changed: "",
    accuracy: "0.1, 0.2",
    program: "PyTorch",
  };
  assertEquals(cells(searchLines([{ ...line, ...more }])), [
    ["`a`", "1", "9", "3", "2", "0.1", "0", "-", "-", "0.1, 0.2", "PyTorch"],
  ]);
});

Deno.test("missedFigure() draws the rows that end under their bars, and nothing where none does", () => {
  assertEquals(missedFigure(rows, [ended("xent-mnist-2", 1, [0.9, 0.988])]), []);
  const [figure, more] = missedFigure(rows, [
    ended("xent-mnist-2", 1, [0.9, 0.988]),
    ended("cent-mnist-2", 1, [0.98, 0.9869]),
    ended("cent-mnist-2", 2, [0.98, 0.9]),
  ]);
  assertEquals([figure.path, more], [join("results", "fast", "missed.png"), undefined]);
  assert(figure.draw().length > 1000);
});
