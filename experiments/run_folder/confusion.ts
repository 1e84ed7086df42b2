/** `confusion.csv`: which classes an epoch's test samples were taken for. */
import { csvOf } from "../../src/base/csv.ts";
import { confusions } from "../../src/metrics/classification.ts";
import type { EpochResult } from "../../src/train/trainer.ts";
import { writesClassPairs } from "./many_classes.ts";
import type { Config } from "./config.ts";

/**
 * A matrix, labels down and predictions across; of many classes only the cells that are not 0, a line each. Classes are
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
