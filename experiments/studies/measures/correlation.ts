/** Correlation of two lists of numbers. */
import { meanOf } from "../../../src/base/averages.ts";

/**
 * Pearson's correlation coefficient, -1 to 1: how nearly `b` is a linear function of `a`.
 * NaN for fewer than two pairs, a list whose numbers are all equal, and numbers that are not finite.
 *
 * @throws {TypeError} When the lengths differ.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * assertAlmostEquals(pearson([1, 2, 3], [10, 20, 30]), 1);
 * assertAlmostEquals(spearman([1, 2, 3], [0, -1, -100]), -1);
 * ```
 */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number {
  checkPairs(a, b);
  if (isConstant(a) || isConstant(b)) return NaN;
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] - meanA, b[i] - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return Math.max(-1, Math.min(1, ab / (Math.sqrt(aa) * Math.sqrt(bb))));
}

/**
 * Spearman's rank correlation, -1 to 1: how nearly `b` only grows, or only falls, with `a`. Equal numbers share the mean
 * of their ranks. NaN where {@linkcode pearson} is.
 *
 * @throws {TypeError} When the lengths differ.
 */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  checkPairs(a, b);
  const finite = (list: ArrayLike<number>) => Array.prototype.every.call(list, Number.isFinite);
  return finite(a) && finite(b) ? pearson(ranks(a), ranks(b)) : NaN;
}

/** The place of each number in ascending order, from 1; equal numbers share the mean of their places. */
function ranks(values: ArrayLike<number>): Float64Array<ArrayBuffer> {
  const order = Uint32Array.from(values, (_, i) => i).sort((i, j) => values[i] - values[j]);
  const places = new Float64Array(values.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    if (to === from) to++; // a NaN equals nothing
    for (let i = from; i < to; i++) places[order[i]] = (from + 1 + to) / 2;
  }
  return places;
}

function checkPairs(a: ArrayLike<number>, b: ArrayLike<number>): void {
  if (a.length !== b.length) {
    throw new TypeError(
      `Cannot correlate ${a.length} numbers with ${b.length}: give as many of both`,
    );
  }
}

/** True for no numbers too. The variance of equal numbers may round to more than 0, so it does not decide. */
function isConstant(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}
