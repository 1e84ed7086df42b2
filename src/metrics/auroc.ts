/** How well a number tells two groups apart, whatever the threshold. */

/**
 * The area under the receiver operating characteristic: the probability that a sample of the first group has a larger score
 * than one of the second, where equal scores count one half (Hanley and McNeil 1982). 0.5 is chance, 1 is perfect.
 *
 * @param positive Scores of the group that should score high, such as the distance of unknown classes to the nearest center.
 * @param negative Scores of the other group.
 * @throws {RangeError} When a group is empty, or a score is NaN.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * assertEquals(auroc([3, 2], [1, 2]), 0.875);
 * ```
 */
export function auroc(positive: ArrayLike<number>, negative: ArrayLike<number>): number {
  const [high, low] = [positive, negative].map((of) => Float64Array.from(of).sort());
  if (high.length === 0 || low.length === 0) {
    throw new RangeError(
      `Cannot take the AUROC of ${high.length} positive and ${low.length} negative scores: both groups need some`,
    );
  }
  // The sort puts NaN last.
  if (Number.isNaN(high[high.length - 1]) || Number.isNaN(low[low.length - 1])) {
    throw new RangeError("Cannot take the AUROC of scores that are NaN: leave those out");
  }
  let [below, upTo, wins] = [0, 0, 0];
  for (const score of high) {
    while (below < low.length && low[below] < score) below++;
    while (upTo < low.length && low[upTo] <= score) upTo++;
    wins += (below + upTo) / 2;
  }
  return wins / high.length / low.length;
}
