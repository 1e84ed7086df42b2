/** Tables over pairs of classes; where there are too many pairs, they are shorter or left out. */
import { csvOf } from "../../src/base/csv.ts";
import { confusions } from "../../src/metrics/classification.ts";
import type { EpochResult } from "../../src/train/epoch_result.ts";
import type { Config } from "./config.ts";

/** The most classes for which tables have a number for each pair: 4,950 distances between centers per epoch. */
export const MOST_PAIRED_CLASSES = 100;

/** Whether tables and figures over pairs of classes are written whole. */
export function writesClassPairs(classes: number): boolean {
  return classes <= MOST_PAIRED_CLASSES;
}

/** A line that says which tables differ; undefined where none does. */
export function manyClassesNote(classes: number): string | undefined {
  if (writesClassPairs(classes)) return undefined;
  return `${
    classes.toLocaleString("en")
  } classes: above ${MOST_PAIRED_CLASSES}, confusion.csv has a line for each pair ` +
    "of classes that occurred, and center_distances.csv is left out";
}

/**
 * `confusion.csv`: how many test samples of each class an epoch took for which class. It is a matrix, labels down and
 * predictions across; of many classes it lists the cells that are not 0. Classes are numbers, but own images have names.
 */
export function confusionTable(
  { test }: EpochResult,
  { plan, classNames }: Pick<Config, "plan" | "classNames">,
): string {
  const predicted = plan.scoring === "logit" ? test.byLogit : test.byCenter;
  const names = test.distances.map((_, k) => classNames?.[k] ?? String(k));
  const pairs = confusions(predicted, test.labels);
  if (!writesClassPairs(names.length)) {
    const lines = pairs.map((of) => [names[of.label], names[of.predicted], of.samples]);
    return csvOf(["label", "predicted", "samples"], lines);
  }
  const matrix = names.map(() => new Array<number>(names.length).fill(0));
  for (const { label, predicted, samples } of pairs) matrix[label][predicted] = samples;
  const header = ["label", ...names.map((name) => `predicted_${name}`)];
  return csvOf(header, matrix.map((row, k) => [names[k], ...row]));
}
