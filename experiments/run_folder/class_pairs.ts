/** Tables over pairs of classes, and what is left of them where the pairs are too many. */
import { csvOf } from "../../src/base/csv.ts";
import { confusions } from "../../src/metrics/classification.ts";
import type { EpochResult } from "../../src/train/trainer.ts";
import type { Config } from "./config.ts";

/** Up to so many classes there is a number for each pair of them: 4,950 distances between centers an epoch. */
export const MOST_PAIRED_CLASSES = 100;

/** Whether tables and figures over pairs of classes are written whole. */
export function writesClassPairs(classes: number): boolean {
  return classes <= MOST_PAIRED_CLASSES;
}

/** A line on what differs; undefined where nothing does. */
export function manyClassesNote(classes: number): string | undefined {
  if (writesClassPairs(classes)) return undefined;
  return `${
    classes.toLocaleString("en")
  } classes: above ${MOST_PAIRED_CLASSES}, confusion.csv has a line for each pair ` +
    "of classes that occurred, and center_distances.csv is left out";
}

/**
 * `confusion.csv`, which classes an epoch's test samples were taken for: a matrix, labels down and predictions across; of many classes only the cells that are not 0, a line each. Classes are
 * numbers, and one's own have their names.
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
