/** Comparisons: relative errors against bars. */

/** Bars of the project. */
export const BARS = { output: 1e-5, gradient: 1e-4, loss: 1e-3, evaluation: 5e-3 } as const;

/** One comparison of a case. */
export interface Comparison {
  what: string;
  error: number;
  bar: number;
}

/** Everything found out about a case; `skipped` says why nothing was. */
export interface Result {
  name: string;
  comparisons: Comparison[];
  skipped?: string;
}

/** `|a - b| / |b|` in L2 over the tensor, or `|a - b|` when `b` is 0. NaN where lengths differ. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return NaN;
  let difference = 0, size = 0;
  for (let i = 0; i < b.length; i++) {
    difference += (a[i] - b[i]) ** 2;
    size += b[i] ** 2;
  }
  return Math.sqrt(difference) / (Math.sqrt(size) || 1);
}

/** True when every comparison stays within its bar (a NaN does not) and there is at least one. */
export function passed({ comparisons, skipped }: Result): boolean {
  return skipped !== undefined ||
    (comparisons.length > 0 && comparisons.every((c) => c.error <= c.bar));
}
