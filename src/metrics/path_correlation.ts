/** Whether two centers move alike. */

/** Steps whose root mean square deviation is below this share of the largest coordinate count as steady: float32 rounds so. */
const NOISE = 2 ** -22;

/**
 * The correlation of every two centers' paths over the epochs: do they turn, speed up and slow down together?
 *
 * With the steps `s_a(t) = c_a(t + 1) - c_a(t)` and `S_a(t)` their deviation from the center's mean step,
 *
 *     r[a, b] = sum_t S_a(t) . S_b(t) / sqrt(sum_t |S_a(t)|^2  sum_t |S_b(t)|^2)
 *
 * Steps and not positions: early in training all centers leave the origin, and any two paths that go somewhere have
 * correlated positions (Yule 1926; Granger and Newbold 1974), with a sign that says only in which directions they left. A
 * center's mean step, its steady drift, is taken out for the same reason. The sum of products over the dimensions makes
 * one number of a pair that does not change when the plane is turned or mirrored; it is Pearson's coefficient with a
 * mean for each dimension.
 *
 * @param paths The centers `[classes, dim]` of each epoch, in their order, from the start of training on: three at least.
 * @param classes How many rows each has.
 * @returns `[classes, classes]`, symmetric, -1 to 1, 1 on the diagonal. NaN in the rows and columns of a center that
 *   stands still or moves steadily (up to rounding in float32), or is not finite.
 * @throws {TypeError} When epochs differ in size, or are no whole number of rows.
 * @throws {RangeError} When there are fewer than three epochs.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const paths = [[0, 0, 9, 9], [1, 0, 8, 9], [1, 1, 8, 8], [2, 1, 7, 8]].map((c) => Float32Array.from(c));
 * assertAlmostEquals(pathCorrelation(paths, 2)[1], -1);
 * ```
 */
export function pathCorrelation(
  paths: readonly Float32Array[],
  classes: number,
): Float64Array<ArrayBuffer> {
  const dim = checkPaths(paths, classes);
  const centers = Array.from({ length: classes }, (_, k) => deviations(paths, k * dim, dim));
  const result = new Float64Array(classes * classes).fill(NaN);
  for (let a = 0; a < classes; a++) {
    for (let b = 0; b <= a; b++) {
      const [p, q] = [centers[a], centers[b]];
      if (!p || !q) continue;
      const r = p.reduce((sum, x, i) => sum + x * q[i], 0);
      result[a * classes + b] = result[b * classes + a] = a === b
        ? 1
        : Math.max(-1, Math.min(1, r));
    }
  }
  return result;
}

/**
 * A center's steps about their mean, scaled to a length of 1; `undefined` where there is nothing to scale.
 *
 * @param at Where the center's first coordinate stands.
 */
function deviations(
  paths: readonly Float32Array[],
  at: number,
  dim: number,
): Float64Array | undefined {
  const steps = paths.length - 1;
  const s = new Float64Array(steps * dim);
  let [largest, squares] = [0, 0];
  for (let d = 0; d < dim; d++) {
    const coordinate = paths.map((centers) => centers[at + d]);
    const mean = (coordinate[steps] - coordinate[0]) / steps;
    largest = coordinate.reduce((most, x) => Math.max(most, Math.abs(x)), largest);
    for (let t = 0; t < steps; t++) {
      const deviation = coordinate[t + 1] - coordinate[t] - mean;
      s[t * dim + d] = deviation;
      squares += deviation * deviation;
    }
  }
  const length = Math.sqrt(squares);
  if (!(length > NOISE * largest * Math.sqrt(steps * dim)) || length === Infinity) return undefined;
  return s.map((x) => x / length);
}

function checkPaths(paths: readonly Float32Array[], classes: number): number {
  if (paths.length < 3) {
    throw new RangeError(
      `Cannot correlate paths over ${paths.length} epochs: two steps, three epochs, are the least`,
    );
  }
  const dim = paths[0].length / classes;
  if (!(Number.isInteger(dim) && dim > 0) || paths.some((c) => c.length !== classes * dim)) {
    const lengths = [...new Set(paths.map((c) => c.length))].join(" and ");
    throw new TypeError(
      `Cannot correlate paths of ${lengths} numbers an epoch: give [${classes}, dim] in every epoch`,
    );
  }
  return dim;
}
