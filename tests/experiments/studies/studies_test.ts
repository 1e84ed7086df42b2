/** Studies over several rows: what can be asked of them, and the numbers that they compare by. */
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { CATALOG } from "../../../experiments/rows/catalog.ts";
import { STUDIES } from "../../../experiments/studies/catalog.ts";
import { spreads } from "../../../experiments/studies/comparison.ts";
import { studyAsked } from "../study_asked.ts";
import { UsageError } from "../../../src/base/errors.ts";

const parse = (line: string) => studyAsked(line.split(" ").filter((word) => word !== ""));

Deno.test("STUDIES holds studies of published rows, under ids of their own", () => {
  const ids = STUDIES.map(({ id }) => id);
  assertEquals(new Set(ids).size, ids.length);
  for (const { id, rows } of STUDIES) {
    assertEquals(CATALOG.has(id), false, id);
    for (const row of rows) assertEquals(CATALOG.get(row)?.source === undefined, false, row);
  }
});

Deno.test("studyTask() leaves other commands alone", () => {
  for (
    const line of [
      "",
      "kz-center",
      "all --only density-*",
      "kz-center --out density-claims",
      "--predict lambda-sweep kz-center",
      "density-claims --help",
    ]
  ) assertEquals(parse(line), undefined, line);
});

Deno.test("studyTask() lists the rows of a study for a seed, then for the next", () => {
  const runsOf = (line: string) =>
    parse(line)!.queue.runs.map(({ plan }) => `${plan.id} ${plan.preset} ${plan.seed}`);
  assertEquals(runsOf("mx-stages --preset quick --seeds 2"), [
    "mx-softmax quick 1",
    "mx-center quick 1",
    "mx-center-second quick 1",
    "mx-softmax quick 2",
    "mx-center quick 2",
    "mx-center-second quick 2",
  ]);
  assertEquals(runsOf("--preset smoke lambda-sweep"), [
    "lambda-sweep-0.001 smoke 1",
    "wen-mnist smoke 1",
    "lambda-sweep-0.1 smoke 1",
    "lambda-sweep-1 smoke 1",
  ]);
  for (const { id, rows } of STUDIES) assertEquals(runsOf(id).length, rows.length);
});

Deno.test("studyTask() hands the flags of a run to all rows, and can be repeated", () => {
  const line = "density-claims --preset smoke --out o --data-dir d --no-tune --overwrite --seeds 2";
  const { queue, study } = parse(line)!;
  assertEquals([study.id, queue.overwrite], ["density-claims", true]);
  assertEquals(queue.command, `deno task exp ${line.replace(" --overwrite", "")}`);
  for (const { out, dataDir, tune } of queue.runs) {
    assertEquals([out, dataDir, tune], ["o", "d", false]);
  }
});

Deno.test("studyTask() tells a study from a folder of its name", () => {
  const { study, queue } = parse("lambda-sweep --out density-claims")!;
  assertEquals([study.id, queue.runs[0].out], ["lambda-sweep", "density-claims"]);
});

const refusals: [line: string, message: string][] = [
  [
    "density-claims --resume",
    "exp density-claims continues by itself where runs stopped: leave out --resume",
  ],
  [
    "density-claims --seed 3",
    "exp density-claims takes --seeds N, for the seeds 1 to N, not --seed",
  ],
  ["density-claims --seeds 0", '--seeds is "0"; it must be a whole number from 1 to 100'],
  ["density-claims --only density", "exp density-claims runs all of its rows: leave out --only"],
  ["density-claims kz-center", 'exp density-claims runs its rows by itself: what is "kz-center"?'],
  [
    "density-claims --preset huge",
    '--preset is "huge"; it must be one of paper, fast, quick, smoke',
  ],
  ["density-claims --presett quick", "exp does not know --presett; the nearest flag is --preset"],
  [
    "density-claims --feat-dim 3",
    "--feat-dim is 3, but density-claims draws two features: leave it out",
  ],
  ["lambda-sweep --feat-dim=1", "--feat-dim is 1, but lambda-sweep draws two features"],
  ["keras-lambda --alpha 1", "--alpha does not fit keras-lambda-0: its loss is "],
  [
    "mx-stages --weight-center 2",
    "--weight-center does not fit mx-softmax: its loss is cross-entropy",
  ],
  ["mx-stages --epochs 9", "--epochs is 9, but the second stage of mx-center-second alone takes"],
];
for (const [line, message] of refusals) {
  Deno.test(`studyTask() refuses ${line}`, () => {
    const error = assertThrows(() => parse(line), UsageError);
    assertEquals(error.message.startsWith(message), true, error.message);
  });
}

Deno.test("spreads() measures how tight classes are, how far apart, and how far off centers are", () => {
  // Two classes of two samples about (0, 0) and (3, 4), each sample 1 away from its mean.
  const features = Float32Array.of(-1, 0, 1, 0, 3, 3, 3, 5);
  const centers = Float32Array.of(0, 2, 3, 8);
  const { within, apart, offset } = spreads(features, Uint8Array.of(0, 0, 1, 1), centers);
  assertAlmostEquals(within, 1);
  assertAlmostEquals(apart, 5);
  assertAlmostEquals(offset, 3);
});

Deno.test("spreads() leaves out a class without samples", () => {
  const features = Float32Array.of(-1, 0, 1, 0, 3, 3, 3, 5);
  const centers = Float32Array.of(0, 2, 9, 9, 3, 8);
  const { within, apart, offset } = spreads(features, Uint8Array.of(0, 0, 2, 2), centers);
  assertEquals([within, apart, offset], [1, 5, 3]);
});

Deno.test("studyTask() refuses an option that leaves nothing to compare", () => {
  assertThrows(
    () => parse("lambda-sweep --preset smoke --weight-center 3"),
    UsageError,
    "lambda-sweep compares rows that --weight-center makes the same: leave out what the study itself varies",
  );
});
