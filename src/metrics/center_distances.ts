/** How far apart the centers of the classes are. */

/** Two classes and how far apart their centers are. */
export interface CenterPair {
  a: number;
  b: number;
  /** `|c_a - c_b|`, in units of the features; NaN where one of them is. */
  distance: number;
}

/**
 * Distances of all pairs of centers, `a < b`.
 *
 * @param centers `[classes, dim]`, row by row.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * assertEquals(centerDistances([0, 0, 3, 4], 2), [{ a: 0, b: 1, distance: 5 }]);
 * ```
 */
export function centerDistances(centers: ArrayLike<number>, dim: number): CenterPair[] {
  const pairs: CenterPair[] = [];
  for (let b = 1; b * dim < centers.length; b++) {
    for (let a = 0; a < b; a++) {
      let squared = 0;
      for (let k = 0; k < dim; k++) squared += (centers[a * dim + k] - centers[b * dim + k]) ** 2;
      pairs.push({ a, b, distance: Math.sqrt(squared) });
    }
  }
  return pairs;
}
