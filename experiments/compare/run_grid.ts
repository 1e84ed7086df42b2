// deno-lint-ignore-file no-console
/** `deno task exp ID --vary FLAG=LIST`: a grid of runs through the queue, and their comparison. */
import { dirname, join } from "node:path";
import { RunError, UsageError } from "../../src/base/errors.ts";
import { isThere } from "../../src/base/files.ts";
import type { Part } from "../flags/on.ts";
import type { Varied } from "../flags/vary.ts";
import type { QueueOptions } from "../plan/request.ts";
import { pathOf } from "../run_folder/path.ts";
import { SUMMARY_NAME } from "../run_folder/run_summary.ts";
import { runAll } from "../runner/queue.ts";
import { compareFound } from "./compare_runs.ts";
import { type FoundRun, readRun } from "./found_run.ts";
import { mayWriteInto } from "./write_comparison.ts";

/**
 * Runs what is not finished, and compares all that is then.
 *
 * @param runs What runs the queue; tests bring their own.
 * @returns The exit code: 1 where a run failed, 130 where the user stopped it.
 */
export async function runGrid(
  queue: QueueOptions,
  varied: readonly Varied[],
  runs: typeof runAll = runAll,
): Promise<number> {
  const out = placeOf(queue, varied);
  await mayWriteInto(out);
  const code = await runs(queue);
  if (code !== 0 && code !== 1) return code;
  const finished = await finishedOf(queue);
  if (finished.length < 2) return code;
  console.log();
  return Math.max(
    code,
    await compareFound(finished, { out, dataDir: queue.runs[0].dataDir }),
  );
}

/**
 * Does a part of the same: one run, or the comparison of what is finished.
 *
 * @param runs What runs the queue; tests bring their own.
 * @returns The exit code: 1 where the run failed, or the comparison lacks runs; 130 where the user stopped it.
 * @throws {UsageError} When there are fewer runs.
 * @throws {RunError} When there are not two runs to compare.
 */
export async function runPart(
  part: Part,
  queue: QueueOptions,
  varied: readonly Varied[],
  runs: typeof runAll = runAll,
): Promise<number> {
  const all = queue.runs.length;
  if (part !== "compare") {
    if (part <= all) return await runs({ ...queue, runs: [queue.runs[part - 1]] });
    throw new UsageError(`--part is ${part}, but --vary and --seeds ask for ${all} runs`);
  }
  const finished = await finishedOf(queue), left = all - finished.length;
  const out = placeOf(queue, varied), { dataDir } = queue.runs[0];
  if (finished.length < 2) {
    throw new RunError(`${finished.length} of ${all} runs are finished: a comparison needs two`);
  }
  await mayWriteInto(out);
  if (left > 0) console.error(`${left} of ${all} runs are not finished, and are left out`);
  return Math.max(await compareFound(finished, { out, dataDir }), left > 0 ? 1 : 0);
}

/** The runs that are finished; one that went on to more epochs as it was before. */
async function finishedOf({ runs }: QueueOptions): Promise<FoundRun[]> {
  const finished: FoundRun[] = [];
  for (const options of runs) {
    const path = pathOf(options);
    if (!await isThere(join(path, SUMMARY_NAME))) continue;
    finished.push(await readRun(path, options.plan.epochs));
  }
  return finished;
}

/** Where the comparison is: beside the runs, with all values of what is varied: `ROW+lr=0.01,0.1/PRESET/compare`. */
export function placeOf(
  { runs: [{ out, plan }] }: QueueOptions,
  varied: readonly Varied[],
): string {
  const fixed = (plan.variant ?? "").split("+").filter((part) =>
    part && !varied.some(({ name }) => part.startsWith(`${name}=`))
  );
  const lists = varied.map(({ name, values }) => `${name}=${values.join(",")}`);
  const variant = [...fixed, ...lists].join("+");
  return join(dirname(pathOf({ out, plan: { ...plan, variant } })), "compare");
}
