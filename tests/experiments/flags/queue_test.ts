/** The command line of `deno task exp all`. */
import { assertEquals, assertThrows } from "@std/assert";
import { CATALOG } from "../../../experiments/rows/catalog.ts";
import type { Experiment } from "../../../experiments/rows/experiment.ts";
import { parseQueue } from "../../../experiments/flags/queue.ts";
import { UsageError } from "../../../src/base/errors.ts";

const ROWS = ["xent-mnist-2", "cent-mnist-2"].map((id) => CATALOG.get(id) as Experiment);
const parse = (line: string) => parseQueue(line.split(" "), ROWS);
const runsOf = (line: string) => parse(line)!.runs.map(({ plan }) => `${plan.id} ${plan.seed}`);

Deno.test("parseQueue() leaves other commands alone", () => {
  assertEquals(parseQueue([]), undefined);
  assertEquals(parse("cent-mnist-2 --preset quick"), undefined);
  assertEquals(parse("cent-mnist-2 --out all"), undefined);
  assertEquals(parse("all --help"), undefined);
});

Deno.test("parseQueue() lists all rows for a seed, then for the next", () => {
  assertEquals(runsOf("all"), ["xent-mnist-2 1", "cent-mnist-2 1"]);
  assertEquals(runsOf("--out all all --seeds 2"), [
    "xent-mnist-2 1",
    "cent-mnist-2 1",
    "xent-mnist-2 2",
    "cent-mnist-2 2",
  ]);
  const published = parseQueue(["all"])!.runs.map(({ plan }) => plan.id);
  assertEquals(published, [...CATALOG.values()].filter((r) => r.source).map((r) => r.id));
});

Deno.test("parseQueue() chooses rows by patterns, in the order of the rows", () => {
  assertEquals(runsOf("all --only cent-*"), ["cent-mnist-2 1"]);
  assertEquals(runsOf("all --only=c*,xent-mnist-?"), ["xent-mnist-2 1", "cent-mnist-2 1"]);
  assertEquals(runsOf("all --only cent-mnist-2 --only *ent-mnist-2").length, 2);
});

Deno.test("parseQueue() hands the flags of a run to all of them", () => {
  const line =
    "all --preset smoke --out o --data-dir d --no-tune --tiles t --adapter software --verbose --epochs 3";
  const { runs, verbose, command, overwrite } = parse(`${line} --overwrite`)!;
  for (const run of runs) {
    assertEquals([run.out, run.dataDir, run.tiles, run.tune], ["o", "d", "t", false]);
    assertEquals([run.plan.preset, run.plan.epochs, run.adapter], ["smoke", 3, "software"]);
  }
  assertEquals([verbose, overwrite], [true, true]);
  assertEquals(command, `deno task exp ${line}`);
  assertEquals(
    parseQueue(["all", "--only", "cent-*"], ROWS)!.command,
    "deno task exp all --only 'cent-*'",
  );
});

const refusals: [line: string, message: string][] = [
  ["all --only cemt-*", '--only "cemt-*" fits no row; the nearest id is cent-mnist-2'],
  ["all --only ,", '--only "" fits no row; the nearest id is '],
  ["all --only cent.mnist.2", '--only "cent.mnist.2" fits no row; the nearest id is cent-mnist-2'],
  ["all cent-mnist-2", "exp all runs rows by itself: choose them with --only cent-mnist-2"],
  ["all --resume", "exp all continues by itself where runs stopped: leave out --resume"],
  ["all --seed 3", "exp all takes --seeds N, for the seeds 1 to N, not --seed"],
  ["all --seed=3", "exp all takes --seeds N, for the seeds 1 to N, not --seed"],
  ["all --seeds 0", '--seeds is "0"; it must be a whole number from 1 to 100'],
  ["all --seeds 1.5", '--seeds is "1.5"; it must be a whole number from 1 to 100'],
  ["all --seeds", '--seeds is ""; it must be a whole number from 1 to 100'],
  ["all --presett quick", "exp does not know --presett; the nearest flag is --preset"],
  ["all --preset huge", '--preset is "huge"; it must be one of paper, fast, quick, smoke'],
  [
    "all --weight-center 2",
    "--weight-center does not fit xent-mnist-2: its loss is cross-entropy; flags hold for every row: choose rows with --only",
  ],
];
for (const [line, message] of refusals) {
  Deno.test(`parseQueue() refuses ${line}`, () => {
    const error = assertThrows(() => parse(line), UsageError);
    assertEquals(error.message.startsWith(message), true, error.message);
  });
}
