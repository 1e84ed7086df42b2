/** `deno task exp all`: which runs a command line asks for. */
import { assertEquals, assertThrows } from "@std/assert";
import { quoted } from "../../../src/base/printable.ts";
import { parse } from "../../../cli/flags.ts";
import { CATALOG } from "../../../experiments/rows/catalog.ts";
import type { Experiment } from "../../../experiments/rows/experiment.ts";
import { expCommand } from "../../../experiments/flags/exp.ts";
import { queueOf } from "../../../experiments/flags/queue.ts";
import { UsageError } from "../../../src/base/errors.ts";

const ROWS = ["xent-mnist-2", "cent-mnist-2"].map((id) => CATALOG.get(id) as Experiment);
const queue = (line: string) => queueOf(parse(expCommand(), line.split(" "))!, ROWS);
const runsOf = (line: string) => queue(line).runs.map(({ plan }) => `${plan.id} ${plan.seed}`);

Deno.test("queueOf() lists rows for a seed, then for the next, and chooses by patterns", () => {
  const both = ["xent-mnist-2 1", "cent-mnist-2 1"];
  assertEquals(runsOf("all"), both);
  assertEquals(runsOf("--out all all --seeds 2"), [...both, "xent-mnist-2 2", "cent-mnist-2 2"]);
  assertEquals(runsOf("all --seed 7"), ["xent-mnist-2 7", "cent-mnist-2 7"]);
  assertEquals(runsOf("all --only cent-*"), ["cent-mnist-2 1"]);
  assertEquals(runsOf("all --only=c*,xent-mnist-?"), both);
  assertEquals(runsOf("all --only cent-mnist-2 --only *ent-mnist-2"), both);
});

Deno.test("queueOf() hands the flags of a run to all of them", () => {
  const line =
    "all --preset smoke --out o --data-dir d --no-tune --tiles t --adapter software --verbose --epochs 3";
  const { runs, verbose, command, overwrite } = queue(`${line} --overwrite`);
  for (const run of runs) {
    assertEquals([run.out, run.dataDir, run.tiles, run.tune], ["o", "d", "t", false]);
    assertEquals([run.plan.preset, run.plan.epochs, run.adapter], ["smoke", 3, "software"]);
  }
  assertEquals([verbose, overwrite, command], [true, true, `deno task exp ${line}`]);
  assertEquals(queue("all --only cent-*").command, `deno task exp all --only ${quoted("cent-*")}`);
});

const refusals: [line: string, message: string][] = [
  ["all --only cemt-mnist-*", '--only "cemt-mnist-*" fits no row; the nearest id is cent-mnist-2'],
  ["all --only ,", '--only "" fits no row: `deno task exp` lists all'],
  ["all --only cent.mnist.2", '--only "cent.mnist.2" fits no row; the nearest id is cent-mnist-2'],
  ["all cent-mnist-2", "exp all runs rows by itself: choose them with --only cent-mnist-2"],
  ["all --resume", "exp all continues by itself where runs stopped: leave out --resume"],
  [
    "all --seed=3 --seeds 2",
    "--seed N runs that seed alone, --seeds N the seeds 1 to N: give one of them",
  ],
  ["all --seeds 101", '--seeds is "101"; it must be a whole number from 1 to 100'],
  [
    "all --weight-center 2",
    "--weight-center does not fit xent-mnist-2: its loss is cross-entropy; flags hold for every row: choose rows with --only",
  ],
];
Deno.test("queueOf() of a study says where a flag fits that does not fit all of its rows", () => {
  const given = parse(expCommand(), ["alternatives-mnist", "--lambda", "0.1"])!;
  assertEquals(
    assertThrows(
      () => queueOf(given, ["cent-mnist-2", "xent-mnist-2"].map((id) => CATALOG.get(id)!)),
      UsageError,
    )
      .message,
    "--weight-center does not fit xent-mnist-2: its loss is cross-entropy; flags hold for every row: give it to one row: exp ID",
  );
});

for (const [line, message] of refusals) {
  Deno.test(`queueOf() refuses ${line}`, () => {
    assertEquals(assertThrows(() => queue(line), UsageError).message, message);
  });
}
