/**
 * Relative L2 error `|actual - expected| / |expected|`; the absolute one where `expected` is all zeros.
 * `Infinity` where the lengths differ, NaN where a number is NaN: both fail any `error < tolerance`.
 */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < expected.length; i++) {
    difference += (actual[i] - expected[i]) ** 2;
    norm += expected[i] ** 2;
  }
  return Math.sqrt(difference / (norm || 1));
}
