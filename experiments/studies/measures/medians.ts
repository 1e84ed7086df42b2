/** The middle of each class, as far samples cannot pull it. */
import { median } from "../../../src/base/averages.ts";
import { rowLength, rowsByClass } from "./class_rows.ts";

/**
 * The component-wise median of the points of each class; of an even number, the mean of the two in the middle. Points
 * that are not finite (samples that an epoch left out) do not count.
 *
 * @param points `[samples, dim]`, row by row.
 * @param labels `[samples]`.
 * @returns `[classes, dim]`; NaN for a class without points.
 * @throws {TypeError} When the points are not as many rows as there are labels.
 * @throws {RangeError} When a label is no class.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const points = [0, 5, 2, 4, 100, 6, -1, -1];
 * assertEquals([...medians(points, [0, 0, 0, 2], 3)], [2, 5, NaN, NaN, -1, -1]);
 * ```
 */
export function medians(
  points: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): Float64Array<ArrayBuffer> {
  const dim = rowLength("medians", points, labels);
  const own = rowsByClass("medians", points, labels, classes);
  const result = new Float64Array(classes * dim);
  own.forEach((rows, k) => {
    for (let d = 0; d < dim; d++) {
      result[k * dim + d] = median(rows.map((row) => points[row * dim + d]));
    }
  });
  return result;
}
