/** How a run ended: the last file of its folder to be written. */
import { join } from "node:path";
import { RunError } from "../src/errors.ts";
import { number, object, oneOf, orElse, whole } from "../src/json.ts";
import { readJson } from "./files.ts";
import { numberIn, readLines } from "./lines.ts";
import type { Plan } from "./presets.ts";
import { columnOf, readMetrics } from "./results.ts";
import type { Standing } from "./run_folder.ts";

/** `summary.json`: how a finished run ended, by its row's rule. */
export interface Summary {
  scoring: Plan["scoring"];
  epochs: number;
  /** Accuracy on the test set after the last epoch. */
  last: number;
  best: Standing["best"];
}

/** Its name; a run folder that has it holds a finished run. */
export const SUMMARY_NAME = "summary.json";

const summary = object<Summary>({
  scoring: orElse(oneOf("logit", "nearest-center"), "logit"),
  epochs: whole(1),
  last: number(0, 1),
  best: object<Summary["best"]>({ epoch: whole(), accuracy: number(-1, 1) }),
});

/**
 * How the run in a folder ended, or undefined while it is not finished.
 *
 * @throws {RunError} When it is damaged, or says other numbers than the table of the run.
 */
export async function readSummary(path: string): Promise<Summary | undefined> {
  const file = join(path, SUMMARY_NAME);
  const found = await readJson(file, summary, "is no summary of a run (--resume writes it anew)");
  const metrics = found && await readMetrics(path);
  if (!found || !metrics) return found;
  const accuracies = metrics.map((line) => numberIn(line, columnOf(found.scoring)));
  const { epochs, last, best } = found;
  if (
    metrics.length === epochs && accuracies[epochs - 1] === last &&
    (best.epoch === 0 || accuracies[best.epoch - 1] === best.accuracy)
  ) {
    return found;
  }
  throw new RunError(
    `${file} says other numbers than metrics.csv beside it: --resume writes it anew`,
  );
}

/**
 * Seconds that the finished epochs of the run in a folder took; 0 where there is no `timing.csv`.
 *
 * @throws {RunError} When that is damaged.
 */
export async function readSeconds(path: string): Promise<number> {
  const lines = await readLines(join(path, "timing.csv"), { needed: ["seconds"] });
  return (lines ?? []).reduce((sum, line) => sum + Number(line.seconds), 0);
}
