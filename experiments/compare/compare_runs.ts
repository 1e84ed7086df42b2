// deno-lint-ignore-file no-console
/** Folders of runs -> their comparison. */
import { resolve } from "node:path";
import { RunError } from "../../src/base/errors.ts";
import { printable } from "../../src/base/printable.ts";
import type { CompareTask } from "../flags/compare.ts";
import { compared } from "./comparison.ts";
import { type FoundRun, readRun, runFoldersUnder } from "./found_run.ts";
import { type OpenedRun, whyNot } from "./opened_run.ts";
import { groupKey } from "./over_seeds.ts";
import { mayWriteInto, printComparison, writeComparison } from "./write_comparison.ts";

/**
 * Compares the runs in folders, and says which of them it leaves out.
 *
 * @returns The exit code: 1 where a run is damaged.
 * @throws {RunError} When there are not two runs to compare, or the folder to write into holds something else.
 */
export async function compareRuns({ folders, ...rest }: CompareTask): Promise<number> {
  if (rest.out !== undefined) await mayWriteInto(rest.out);
  const paths = (await Promise.all(folders.map(runFoldersUnder))).flat();
  // The same folder may be named twice, in two ways.
  const named = [...new Map(paths.map((path) => [resolve(path), path])).values()];
  return await compareFound(await Promise.all(named.map((path) => readRun(path))), {
    ...rest,
    where: folders.join(", "),
  });
}

/**
 * Compares runs that were read.
 *
 * @param task Where to write, where images are, and where runs were looked for.
 * @returns As {@linkcode compareRuns}.
 * @throws {RunError} As that.
 */
export async function compareFound(
  found: readonly FoundRun[],
  { out, dataDir, where = "these runs" }: Omit<CompareTask, "folders"> & { where?: string },
): Promise<number> {
  const again = sameTraining(found.filter((run) => whyNot(run) === undefined) as OpenedRun[]);
  const left = found.map((run) => ({ run, why: whyNot(run) ?? again.get(run) })).filter((
    { why },
  ) => why !== undefined);
  const runs = found.filter((run) => !left.some((it) => it.run === run)) as OpenedRun[];
  for (const { run, why } of left) {
    console.error(printable(`${run.folder} is left out: ${why}`));
  }
  if (runs.length < 2) {
    const there = runs.length === 1 ? `only ${runs[0].folder} is one` : "there is none";
    throw new RunError(
      `compare needs two runs with a finished epoch, and ${there} in ${where}`,
    );
  }
  const comparison = await compared(runs);
  printComparison(comparison);
  if (out !== undefined) await writeComparison(comparison, out, dataDir);
  return left.some(({ run }) => run.state === "damaged") ? 1 : 0;
}

/** Runs that are another one's training with the same seed, which would count twice, and why they are left out: the longest stays. */
function sameTraining(runs: readonly OpenedRun[]): Map<unknown, string> {
  const longest = new Map<string, OpenedRun>(), again = new Map<unknown, string>();
  for (const run of runs.toSorted((a, b) => b.metrics.length - a.metrics.length)) {
    const { plan: { seed }, images, from } = run.config;
    const key = [seed, images, from?.sha256, groupKey(run.config)].join(" ");
    const first = longest.get(key);
    if (first) again.set(run, `it is the training of ${first.folder} with the same seed, ${seed}`);
    else longest.set(key, run);
  }
  return again;
}
