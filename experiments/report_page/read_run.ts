/** What a run's folder says of it, read for a page; what is not there is left out. */
import { join } from "node:path";
import { type Lines, numberIn, parseLines, readLines } from "../../src/base/csv_lines.ts";
import { RunError } from "../../src/base/errors.ts";
import { readIfThere } from "../../src/base/files.ts";
import { bestSoFar, columnOf, readFailure, readMetrics } from "../run_folder/run_summary.ts";
import { type Config, readConfig } from "../run_folder/config.ts";
import { CONFUSION } from "../run_folder/path.ts";

/** A run as pages show it. */
export interface RunView {
  /** Its folder. */
  path: string;
  config: Config;
  /** Whether its loss became no number, so that it has no further epochs. */
  failed: boolean;
  /** Lines of `metrics.csv`: one a finished epoch, at least one. */
  metrics: Lines;
  /** Lines of `distances.csv`, `center_distances.csv`, `class_accuracy.csv`; none where a table is missing. */
  distances: Lines;
  centerDistances: Lines;
  classAccuracy: Lines;
  /** How many test samples of each class were taken for which, or undefined where classes are many. */
  confusion: Confusion | undefined;
  /** Names of the classes, as tables have them. */
  classNames: string[];
}

/** The matrix of `confusion.csv`. */
export interface Confusion {
  names: string[];
  /** Labels down, predictions across. */
  counts: number[][];
}

/**
 * Reads the tables of a run.
 *
 * @throws {RunError} When the folder holds no run, no finished epoch, or a damaged table.
 */
export async function readView(path: string): Promise<RunView> {
  const config = await readConfig(path);
  if (!config) {
    throw new RunError(
      `${path} has no config.json: name the folder of a run, runs/ROW/PRESET/seed-N`,
    );
  }
  const metrics = await readMetrics(path);
  if (!metrics || metrics.length === 0) {
    throw new RunError(`${path} has no finished epoch: there is nothing to report yet`);
  }
  const table = async (name: string, ...needed: string[]) =>
    await readLines(join(path, name), {
      needed,
      numbers: needed.filter((it) => it !== "split"),
    }) ?? [];
  const distances = await table(
    "distances.csv",
    ...["epoch", "split", "class", "samples", "mean_squared_distance"],
  );
  const confusion = await readConfusion(join(path, CONFUSION));
  const classes = new Set(distances.map((line) => line.class)).size;
  return {
    path,
    config,
    failed: await readFailure(path) !== undefined,
    metrics,
    distances,
    centerDistances: await table("center_distances.csv", "epoch", "euclidean_distance"),
    classAccuracy: await table("class_accuracy.csv", "epoch", "split", "class", "samples"),
    confusion,
    classNames: config.classNames ?? confusion?.names ??
      Array.from({ length: classes }, (_, k) => String(k)),
  };
}

/** The matrix of a file; undefined where there is none, or a list of pairs stands in its place. */
export async function readConfusion(path: string): Promise<Confusion | undefined> {
  const bytes = await readIfThere(path);
  if (!bytes) return undefined;
  const lines = parseLines(new TextDecoder().decode(bytes), path, {
    needed: ["label"],
    numbers: [],
  });
  const columns = Object.keys(lines[0] ?? {}).filter((name) => name.startsWith("predicted_"));
  if (columns.length === 0 || columns.length !== lines.length) return undefined;
  return {
    names: lines.map(({ label }) => label),
    counts: lines.map((line) => columns.map((name) => numberIn(line, name))),
  };
}

/** The names of the epochs' accuracies on a set, by the rules that say something: the row's own first. */
export function rulesOf({ config: { plan }, metrics }: RunView): Rule[] {
  const own = plan.scoring, other = own === "logit" ? "nearest-center" : "logit";
  return ([own, other] as const)
    .filter((rule) => !Number.isNaN(numberIn(metrics.at(-1)!, columnOf(rule))));
}

/** How samples are classified. */
export type Rule = Config["plan"]["scoring"];

/** An epoch's accuracy, as `metrics.csv` has it; the last one's without an epoch. */
export function accuracyOf(
  { metrics }: RunView,
  rule: Rule,
  split: "train" | "test" = "test",
  epoch = metrics.length,
): number {
  return numberIn(metrics[epoch - 1], columnOf(rule).replace("test_", `${split}_`));
}

/** The best epoch by the row's own rule, the first of equals. */
export function bestOf(run: RunView): { epoch: number; accuracy: number } {
  return bestSoFar(run.metrics, run.config.plan) ?? { epoch: 0, accuracy: NaN };
}
