import type { Hidden } from "./remarks.ts";

/** Samples by the direction of their features alone. */
export interface Directions extends Hidden {
  /** `[kept, dim]`: features divided by their length. */
  units: Float64Array;
  /** `[kept]`: their lengths. */
  lengths: Float64Array;
  /** `[kept]`: which of the samples each one is. */
  index: Int32Array;
}

/** The directions of features `[n, dim]`; what is not finite or has no length is left out, and counted. */
export function directionsOf(points: ArrayLike<number>, dim: number): Directions {
  const count = points.length / dim;
  const units = new Float64Array(points.length), lengths = new Float64Array(count);
  const index = new Int32Array(count);
  let kept = 0;
  for (let i = 0; i < count; i++) {
    let squared = 0;
    for (let d = 0; d < dim; d++) squared += points[i * dim + d] ** 2;
    if (!(squared > 0 && squared < Infinity)) continue;
    lengths[kept] = Math.sqrt(squared);
    for (let d = 0; d < dim; d++) units[kept * dim + d] = points[i * dim + d] / lengths[kept];
    index[kept++] = i;
  }
  return {
    units: units.subarray(0, kept * dim),
    lengths: lengths.subarray(0, kept),
    index: index.subarray(0, kept),
    outside: 0,
    notFinite: count - kept,
  };
}

/** The mean direction of each class, `[classes, dim]`, not of length 1; zeros for a class without samples. */
export function meanDirections(
  { units, index }: Directions,
  labels: ArrayLike<number>,
  classes: number,
  dim: number,
): Float64Array {
  const sums = new Float64Array(classes * dim);
  for (let i = 0; i < index.length; i++) {
    for (let d = 0; d < dim; d++) sums[labels[index[i]] * dim + d] += units[i * dim + d];
  }
  return sums;
}
