import { type Array64, array64 } from "./array64.ts";

/** `y[i, k] = [k = labels[i]]`, `[labels, classes]`. */
export function oneHot(labels: readonly number[], classes: number): Array64 {
  return array64(
    [labels.length, classes],
    labels.flatMap((label) => Array.from({ length: classes }, (_, k) => k === label ? 1 : 0)),
  );
}
