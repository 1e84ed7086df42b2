/** How wide classes are, and how far apart. */

/** The means of classes, and what lies around them. */
export interface ClassSpread {
  /** `[classes, dim]`; NaN for a class without samples. */
  means: Float64Array;
  /** Root of the mean squared Euclidean distance of a sample to the mean of its class, in units of the features. */
  within: number;
  /** Mean Euclidean distance between the means of two classes that have samples, each pair once; NaN where no two have. */
  between: number;
  /** `within / between`, 0 or more: the smaller, the better classes part. Infinite where the means of all are one point. */
  ratio: number;
}

/**
 * The distances within classes and between them, in float64 on the CPU.
 *
 * @param features `[samples, dim]`: finite numbers.
 * @param labels `[samples]`: 0 to `classes - 1`.
 * @throws {TypeError} When features are no row a label.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const { within, between, ratio } = classSpread(Float32Array.of(-1, 1, 9, 11), [0, 0, 1, 1], 2);
 * assertEquals([within, between, ratio], [1, 10, 0.1]);
 * ```
 */
export function classSpread(
  features: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
): ClassSpread {
  const dim = features.length / labels.length;
  if (!(Number.isInteger(dim) && dim > 0)) {
    throw new TypeError(
      `Cannot measure classes of ${features.length} numbers with ${labels.length} labels: give a row of numbers a label`,
    );
  }
  const means = meansOf(features, labels, classes, dim);
  let squares = 0;
  for (let i = 0; i < labels.length; i++) {
    for (let d = 0; d < dim; d++) {
      squares += (features[i * dim + d] - means[labels[i] * dim + d]) ** 2;
    }
  }
  const within = Math.sqrt(squares / labels.length), between = meanDistance(means, classes, dim);
  return { means, within, between, ratio: within / between };
}

/** The means of the features of each class, `[classes, dim]`; NaN for a class without samples. */
export function meansOf(
  features: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
  dim: number,
): Float64Array {
  const means = new Float64Array(classes * dim), counts = new Float64Array(classes);
  for (let i = 0; i < labels.length; i++) {
    counts[labels[i]]++;
    for (let d = 0; d < dim; d++) means[labels[i] * dim + d] += features[i * dim + d];
  }
  return means.map((sum, at) => sum / counts[Math.floor(at / dim)]);
}

/** Over the pairs of rows that are there. */
function meanDistance(rows: Float64Array, count: number, dim: number): number {
  let [sum, pairs] = [0, 0];
  for (let b = 1; b < count; b++) {
    for (let a = 0; a < b; a++) {
      let squared = 0;
      for (let d = 0; d < dim; d++) squared += (rows[a * dim + d] - rows[b * dim + d]) ** 2;
      if (Number.isNaN(squared)) continue;
      sum += Math.sqrt(squared);
      pairs++;
    }
  }
  return sum / pairs;
}
