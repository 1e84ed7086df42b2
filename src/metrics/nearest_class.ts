/** The class whose center is nearest to a sample, by distance or by angle. */

/** The nearest class of each sample, and how far it is. */
export interface NearestClass {
  /** `[samples]`; of classes equally near the first; -1 where no center is a number. */
  classes: Int32Array;
  /** `[samples]`: Euclidean distance, or 1 - cosine. */
  distances: Float64Array;
}

/**
 * The nearest center of each sample by Euclidean distance, in float64. Centers that are NaN are no center.
 *
 * @param features `[samples, dim]`.
 * @param centers `[classes, dim]`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const { classes, distances } = nearestByDistance(Float32Array.of(0, 3, 9, 0), [0, 0, 10, 0], 2);
 * assertEquals([[...classes], [...distances]], [[0, 1], [3, 1]]);
 * ```
 */
export function nearestByDistance(
  features: ArrayLike<number>,
  centers: ArrayLike<number>,
  dim: number,
): NearestClass {
  const squared = (i: number, k: number) => {
    let sum = 0;
    for (let d = 0; d < dim; d++) sum += (features[i * dim + d] - centers[k * dim + d]) ** 2;
    return sum;
  };
  const { classes, distances } = nearest(features.length / dim, centers.length / dim, squared);
  return { classes, distances: distances.map(Math.sqrt) };
}

/**
 * The same by the cosine between sample and center: the class of the smallest angle. The cosine of a vector of length 0 is
 * taken as 0.
 *
 * @param features `[samples, dim]`.
 * @param centers `[classes, dim]`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * assertEquals([...nearestByCosine(Float32Array.of(1, 1, -1, 3), [9, 9, 0, 1], 2).classes], [0, 1]);
 * ```
 */
export function nearestByCosine(
  features: ArrayLike<number>,
  centers: ArrayLike<number>,
  dim: number,
): NearestClass {
  const rows = unitRows(features, dim), directions = unitRows(centers, dim);
  return nearest(rows.length / dim, directions.length / dim, (i, k) => {
    let sum = 0;
    for (let d = 0; d < dim; d++) sum += rows[i * dim + d] * directions[k * dim + d];
    return 1 - sum;
  });
}

/** Rows divided by their length; of length 0 they stay as they are. */
export function unitRows(rows: ArrayLike<number>, dim: number): Float64Array<ArrayBuffer> {
  const result = Float64Array.from(rows);
  for (let at = 0; at < result.length; at += dim) {
    let squared = 0;
    for (let d = at; d < at + dim; d++) squared += result[d] * result[d];
    if (squared === 0) continue;
    for (let d = at; d < at + dim; d++) result[d] /= Math.sqrt(squared);
  }
  return result;
}

function nearest(
  samples: number,
  count: number,
  distance: (sample: number, center: number) => number,
): NearestClass {
  const classes = new Int32Array(samples).fill(-1), distances = new Float64Array(samples).fill(NaN);
  for (let i = 0; i < samples; i++) {
    for (let k = 0; k < count; k++) {
      const d = distance(i, k);
      if (d < distances[i] || (classes[i] < 0 && !Number.isNaN(d))) {
        classes[i] = k;
        distances[i] = d;
      }
    }
  }
  return { classes, distances };
}
