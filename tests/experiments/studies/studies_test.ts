/** Studies over several rows: what can be asked of them. What all commands refuse is tested with the flags. */
import { assertEquals, assertThrows } from "@std/assert";
import { CATALOG } from "../../../experiments/rows/catalog.ts";
import { STUDIES } from "../../../experiments/studies/catalog.ts";
import { UsageError } from "../../../src/base/errors.ts";
import { studyAsked } from "../study_asked.ts";

const asked = (line: string) => studyAsked(line.split(" ").filter((word) => word !== ""));

Deno.test("STUDIES holds studies of rows that are there, under ids of their own", () => {
  assertEquals(new Set(STUDIES.map(({ id }) => id)).size, STUDIES.length);
  for (const { id, rows } of STUDIES) {
    assertEquals(CATALOG.has(id), false, id);
    for (const row of rows) assertEquals(CATALOG.has(row), true, row);
  }
});

const others = [
  ...["", "kz-center", "all --only density-*", "kz-center --out density-claims"],
  ...["--predict lambda-sweep kz-center", "density-claims --help"],
];
Deno.test("studyTask() leaves other commands alone", () => {
  for (const line of others) assertEquals(asked(line), undefined, line);
});

Deno.test("studyTask() lists the rows of a study for a seed, then for the next", () => {
  const runsOf = (line: string) =>
    asked(line)!.queue.runs.map(({ plan }) => `${plan.id} ${plan.preset} ${plan.seed}`);
  const rows = ["mx-softmax", "mx-center", "mx-center-second"];
  assertEquals(
    runsOf("--preset quick mx-stages --seeds 2"),
    [1, 2].flatMap((seed) => rows.map((id) => `${id} quick ${seed}`)),
  );
  assertEquals(
    runsOf("mx-stages --preset quick --seed 3"),
    rows.map((id) => `${id} quick 3`),
    "a seed by itself, on a machine of its own",
  );
  for (const { id, rows } of STUDIES) {
    assertEquals(runsOf(id), rows.map((row) => `${row} paper 1`));
  }
});

Deno.test("studyTask() hands the flags of a run to all rows, and can be repeated", () => {
  // The folder has the name of another study.
  const line = "density-claims --preset smoke --out lambda-sweep --no-tune --overwrite --seeds 2";
  const { queue, study } = asked(line)!;
  assertEquals([study.id, queue.overwrite], ["density-claims", true]);
  assertEquals(queue.command, `deno task exp ${line.replace(" --overwrite", "")}`);
  for (const { out, tune } of queue.runs) assertEquals([out, tune], ["lambda-sweep", false]);
});

const refusals: [line: string, message: string][] = [
  ["density-claims --resume", "exp density-claims continues by itself where runs stopped: leave"],
  ["density-claims --seed 3 --seeds 3", "--seed N runs that seed alone, --seeds N the seeds 1"],
  ["relatives --only kz-center", '--only "kz-center" fits no row'],
  ["density-claims --only density", "exp density-claims runs all of its rows: leave out --only"],
  ["density-claims kz-center", 'exp density-claims runs its rows by itself: what is "kz-center"?'],
  ["density-claims --feat-dim 3", "--feat-dim is 3, but density-claims draws two features: leave"],
  ["keras-lambda --eval-every 2", "exp keras-lambda compares its rows epoch by epoch: leave out"],
  ["keras-lambda --exponent 1", "--exponent does not fit keras-lambda-0: its loss is "],
  [
    "relatives-imbalance --imbalance 1",
    "relatives-imbalance is about --imbalance, which changes nothing here: give another value",
  ],
  ["relatives-noise --label-noise 0", "relatives-noise is about --label-noise, which changes"],
  ["mx-stages --epochs 9", "--epochs is 9, but the second stage of mx-center-second alone takes"],
  [
    "lambda-sweep --preset smoke --weight-center 3",
    "lambda-sweep compares rows that --weight-center makes the same: leave out what the study itself",
  ],
];
for (const [line, message] of refusals) {
  Deno.test(`studyTask() refuses ${line}`, () => {
    const error = assertThrows(() => asked(line), UsageError);
    assertEquals(error.message.slice(0, message.length), message);
  });
}
