/** The table of a run's epochs, read back. */
import { join } from "node:path";
import { type Lines, readLines } from "../../src/base/csv_lines.ts";
import { RunError } from "../../src/base/errors.ts";
import type { Scoring } from "../rows/experiment.ts";

/** The lines of a run's `metrics.csv`, or undefined when it is not there. */
export async function readMetrics(folder: string): Promise<Lines | undefined> {
  const path = join(folder, "metrics.csv");
  const rules = (["logit", "nearest-center"] as const).map(columnOf);
  const lines = await readLines(path, { needed: ["epoch", ...rules] });
  const at = (lines ?? []).findIndex(({ epoch }, i) => Number(epoch) !== i + 1);
  if (at < 0) return lines;
  throw new RunError(`${path}, line ${at + 2}: epoch is ${lines![at].epoch}; it must be ${at + 1}`);
}

/** The test accuracy by a rule, as `metrics.csv` calls it. */
export function columnOf(scoring: Scoring): string {
  return `test_accuracy_by_${scoring.replace("-", "_")}`;
}
