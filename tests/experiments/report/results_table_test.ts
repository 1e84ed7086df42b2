/** The tables of results. */
import { assertEquals } from "@std/assert";
import { tableOf } from "../../../experiments/compare/markdown.ts";
import type { Result } from "../../../experiments/report/results.ts";
import {
  csvTable,
  OTHER_ROWS,
  resultLines,
  TABLE_ROWS,
} from "../../../experiments/report/results_table.ts";
import { meanAndDeviation } from "../../../experiments/compare/over_seeds.ts";
import { lossName } from "../../../experiments/plan/loss_name.ts";
import { cellsOf } from "./cells.ts";

/** Accuracies by logit and by nearest center, epoch by epoch; none by logit as of a row that trains no logits. */
function resultOf(
  changes: object,
  accuracies: [logit: number | "", center: number][],
  seconds = 90,
): Result {
  const plan = {
    id: "a-row",
    preset: "quick",
    source: { accuracy: 0.99 },
    dataset: "mnist",
    recipe: {
      featureDim: 2,
      batchSize: 16,
      loss: { kind: "center", weight: 0.5, rule: "paper" },
      optimizer: { lr: 0.01 },
    },
    epochs: 2,
    scoring: "logit",
    seed: 1,
    ...changes,
  };
  return {
    folder: "results/quick/a-row/seed-1",
    config: { plan, adapter: "an adapter, 8 wide" },
    metrics: accuracies.map(([logit, center], i) => ({
      epoch: String(i + 1),
      test_accuracy_by_logit: String(logit),
      test_accuracy_by_nearest_center: String(center),
    })),
    seconds,
  } as unknown as Result;
}

/** Cells of the lines under the titles. */
const cells = (columns: typeof TABLE_ROWS, ...results: Result[]) =>
  tableOf(columns, resultLines(results)).slice(2).map(cellsOf);
const one = resultOf({}, [[0.95, 0.7], [0.9, 0.6]]);

Deno.test("meanAndDeviation() has the deviation of the sample", () => {
  assertEquals(meanAndDeviation([0.5]), { mean: 0.5, deviation: NaN });
  assertEquals(meanAndDeviation([1, 2, 3]), { mean: 2, deviation: 1 });
});

const untrained = {
  scoring: "nearest-center",
  source: undefined,
  recipe: {
    ...one.config.plan.recipe,
    loss: { kind: "standalone", weightIntra: 1, weightInter: 0.1 },
  },
};
const tables: [what: string, results: Result[], from: number, cells: string[]][] = [
  ["a run: its recipe, last and best by its own rule, the other's last", [one], 0, [
    ...["a-row", "quick", "cross-entropy + center (paper)", "0.5", "MNIST", "2", "0.01", "2", "16"],
    ...["0.990", "0.9000", "0.9500 (1)", "logit", "0.6000", "1", "1 min 30 s"],
    "an adapter, 8 wide",
  ]],
  [
    "several seeds: mean and deviation",
    [one, resultOf({ seed: 2 }, [[0.5, 0.5], [0.8, 0.7]], 30)],
    10,
    [
      ...["0.8500 ± 0.0707", "0.8750 ± 0.1061", "logit", "0.6500 ± 0.0707", "2", "1 min 0 s"],
      "an adapter, 8 wide",
    ],
  ],
  [
    "a run that is not finished: how far it got",
    [resultOf({}, [[0.5, 0.5]])],
    7,
    ["1 of 2", "16", "0.990", "0.5000", "0.5000 (1)", "logit", "0.5000"],
  ],
  [
    "untrained logits, and nothing published: dashes",
    [resultOf(untrained, [["", 0.4], ["", 0.3]])],
    2,
    [
      ...["standalone", "weight intra 1; weight inter 0.1", "MNIST", "2", "0.01", "2", "16", "-"],
      ...["0.3000", "0.4000 (1)", "nearest center", "-"],
    ],
  ],
];
for (const [what, results, from, expected] of tables) {
  Deno.test(`TABLE_ROWS has a line for ${what}`, () => {
    const lines = cells(TABLE_ROWS, ...results);
    assertEquals(lines.map((line) => line.slice(from, from + expected.length)), [expected]);
  });
}

Deno.test("OTHER_ROWS has a line for a run: its source, what was published, and how it ended", () => {
  const source = { repository: "somebody/something", accuracy: 0.9855 };
  const own = resultOf({ id: "own-row", source: undefined }, [[0.5, 0.5]]);
  const lines = cells(OTHER_ROWS, resultOf({ source }, [[0.95, 0.7], [0.9, 0.6]]), own);
  assertEquals(lines[0], [
    ...["a-row", "quick", "somebody/something", "0.9855", "0.9000", "0.9500 (1)", "logit"],
    ...["0.6000", "1", "1 min 30 s"],
  ]);
  assertEquals(lines[1].slice(0, 5), ["own-row", "quick", "our own", "-", "0.5000"]);
});

Deno.test("resultLines() keeps apart what differs in more than the seed", () => {
  const elsewhere = resultOf({ seed: 2 }, [[0.5, 0.5]]);
  elsewhere.config.adapter = "another";
  const others = [elsewhere, resultOf({ preset: "paper", seed: 2 }, [[0.5, 0.5]])];
  const longer = resultOf({ epochs: 3, seed: 2 }, [[0.5, 0.5]]);
  const slower = resultOf({ seed: 3 }, [[0.5, 0.5]]);
  slower.config.backend = "opengl";
  const lines = resultLines([one, ...others, longer, slower]);
  assertEquals(lines.map(({ runs }) => runs.length), [1, 1, 1, 1, 1]);
  assertEquals(lines[4].adapter, "an adapter, 8 wide, OpenGL");
});

Deno.test("resultLines() gathers seeds whatever the order of their fields", () => {
  const other = resultOf({ seed: 2 }, [[0.5, 0.5]]);
  const plan = Object.fromEntries(Object.entries(other.config.plan).reverse());
  Object.assign(other.config, { plan });
  assertEquals(resultLines([one, other]).map(({ runs }) => runs.length), [2]);
});

Deno.test("lossName() says by which rule centers move, and each loss in words", () => {
  const names = ["autograd", "paper", "paper/batch"] as const;
  const others = { alpha: 1, weightIntra: 1, weightInter: 1 };
  assertEquals(names.map((rule) => lossName({ kind: "center", weight: 1, rule })), [
    "cross-entropy + center",
    "cross-entropy + center (paper)",
    "cross-entropy + center (paper/batch)",
  ]);
  assertEquals(lossName({ kind: "cross-entropy" }), "cross-entropy");
  assertEquals(lossName({ kind: "center-repulsion", ...others }), "center repulsion");
});

Deno.test("csvTable() has all digits, and nothing where nothing is known", () => {
  const [header, line] = csvTable(resultLines([one])).trimEnd().split("\n");
  assertEquals(header.split(",").length, 21);
  assertEquals(
    line,
    "a-row,quick,cross-entropy + center (paper),0.5,mnist,2,0.01,2,2,16,0.99,0.9,,0.95,,logit,0.6,,1,90," +
      '"an adapter, 8 wide"',
  );
});
