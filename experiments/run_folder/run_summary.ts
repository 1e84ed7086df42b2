/** How a run ended: the last file of its folder to be written, and what was measured of it. */
import { join } from "../../src/base/path.ts";
import { RunError } from "../../src/base/errors.ts";
import { number, object, oneOf, orElse, text, whole } from "../../src/base/json.ts";
import { readJson } from "../../src/base/files.ts";
import { csvOfRows } from "../../src/base/csv.ts";
import { type Lines, numberIn, readLines } from "../../src/base/csv_lines.ts";
import { measurable } from "../../src/train/evaluation/measure_lines.ts";
import type { Measures } from "../../src/train/evaluation/measures.ts";
import type { Plan } from "../plan/plan.ts";
import { TIMING } from "./epoch_time.ts";
import type { RunState } from "./checkpoint.ts";

/** `summary.json`: how a finished run ended, by its row's rule. */
export interface Summary {
  scoring: Plan["scoring"];
  epochs: number;
  /** Accuracy on the test set after the last epoch. */
  last: number;
  best: RunState["best"];
}

/** Its name; a run folder that has it holds a finished run. */
export const SUMMARY_NAME = "summary.json";

const RESUME_ADVICE = "--resume writes it anew";

/**
 * How the run in a folder ended, or undefined while it is not finished.
 *
 * @param plan Of the run, whose rule decides; earlier versions did not name the rule again.
 * @param advice What to do about a damaged one.
 * @throws {RunError} When it is damaged, goes by another rule, or says other numbers than the table of the run.
 */
export async function readSummary(
  path: string,
  { scoring }: Pick<Plan, "scoring">,
  advice = RESUME_ADVICE,
): Promise<Summary | undefined> {
  const file = join(path, SUMMARY_NAME);
  const check = object<Summary>({
    scoring: orElse(oneOf("logit", "nearest-center"), scoring),
    epochs: whole(1),
    last: number(0, 1),
    best: object<Summary["best"]>({ epoch: whole(), accuracy: number(-1, 1) }),
  });
  const found = await readJson(file, check, `is no summary of a run (${advice})`);
  const refusal = (state: string, what = advice) => new RunError(`${file} says ${state}: ${what}`);
  if (found && found.scoring !== scoring) {
    throw refusal(`how the run ended by ${found.scoring}, but its row goes by ${scoring}`);
  }
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
  // Which of the two was changed is not known here: --resume, which knows it by the checkpoint, refuses a changed table.
  const both =
    `put the run's own back, or, where ${SUMMARY_NAME} was changed, let --resume write it`;
  throw refusal(
    "other numbers than metrics.csv beside it",
    advice === RESUME_ADVICE ? both : advice,
  );
}

/** What of a plan says which epoch counts as the best. */
type Stages = Pick<Plan, "scoring" | "epochs" | "secondStage">;

/** How a run stood after so many of its epochs. */
export function summaryAfter(metrics: Lines, plan: Stages): Summary {
  const { scoring, epochs } = plan, all = metrics.slice(0, epochs);
  const last = numberIn(all[epochs - 1], columnOf(scoring));
  return { scoring, epochs, last, best: bestSoFar(all, plan) ?? { epoch: 0, accuracy: -1 } };
}

/**
 * The best of a run's finished epochs by its row's rule, the first of equals; of two stages it is one of the second, as soon as
 * that has begun. Undefined where none was tested.
 */
export function bestSoFar(
  metrics: Lines,
  { scoring, epochs, secondStage }: Stages,
): Summary["best"] | undefined {
  const second = secondStage ? epochs - secondStage.epochs : 0;
  const before = metrics.length > second ? second : 0;
  const all = metrics.map((line) => numberIn(line, columnOf(scoring)));
  const tested = all.slice(before).filter(Number.isFinite);
  if (tested.length === 0) return undefined;
  const accuracy = Math.max(...tested);
  return { epoch: all.indexOf(accuracy, before) + 1, accuracy };
}

/** `failed.json`: why a run ended that no resume can save. */
export interface Failure {
  /** In which epoch. */
  epoch: number;
  reason: string;
}

/** Its name. */
export const FAILURE_NAME = "failed.json";

/**
 * Why the run in a folder ended before its last epoch; undefined where it did not, or may go on.
 *
 * @throws {RunError} When the file is damaged.
 */
export async function readFailure(path: string): Promise<Failure | undefined> {
  const check = object<Failure>({ epoch: whole(1), reason: text });
  return await readJson(
    join(path, FAILURE_NAME),
    check,
    "does not say how a run failed (--overwrite starts it again)",
  );
}

/**
 * Seconds that the finished epochs of the run in a folder took; 0 where there is no `timing.csv`.
 *
 * @param epochs Only the first ones.
 * @throws {RunError} When that is damaged.
 */
export async function readSeconds(path: string, epochs = Infinity): Promise<number> {
  const lines = await readLines(join(path, TIMING), { needed: ["seconds"] });
  return (lines ?? []).slice(0, epochs).reduce((sum, line) => sum + Number(line.seconds), 0);
}

/**
 * The lines of a run's `metrics.csv`, or undefined when it is not there.
 *
 * @throws {RunError} When it is damaged: its epochs count from 1 without a gap.
 */
export async function readMetrics(folder: string): Promise<Lines | undefined> {
  const path = join(folder, "metrics.csv");
  const rules = (["logit", "nearest-center"] as const).map((rule) => columnOf(rule));
  const lines = await readLines(path, { needed: ["epoch", ...rules] });
  const at = (lines ?? []).findIndex(({ epoch }, i) => Number(epoch) !== i + 1);
  if (at < 0) return lines;
  throw new RunError(`${path}, line ${at + 2}: epoch is ${lines![at].epoch}; it must be ${at + 1}`);
}

/** The accuracy by a rule, as `metrics.csv` calls it. */
export function columnOf(scoring: Plan["scoring"], split: "train" | "test" = "test"): string {
  return `${split}_accuracy_by_${scoring.replace("-", "_")}`;
}

/** What was measured of a run's network after its last epoch, a line. */
export const MEASURES_NAME = "measures.csv";

/** The text of `measures.csv`; what the network has not is no column of it. */
export function measuresCsv(measures: Measures): string {
  return csvOfRows([measurable(measures)]);
}

/**
 * The line of a run's `measures.csv`; undefined where the run has none.
 *
 * @throws {RunError} When the file is broken.
 */
export async function readMeasures(folder: string): Promise<Lines[number] | undefined> {
  return (await readLines(join(folder, MEASURES_NAME)))?.[0];
}
