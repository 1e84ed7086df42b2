/** Samples to draw: classes around a ring, the same on every machine. */

/** What figures take. */
export interface Blobs {
  /** `[n, 2]` row by row. */
  points: Float32Array;
  /** `[n]`. */
  labels: Uint8Array;
  /** `[classes, 2]` row by row. */
  centers: Float32Array;
}

/** `count` samples of `classes` classes, each spread evenly over a square around its centre. */
export function blobs(count: number, classes: number, radius = 6, spread = 2): Blobs {
  const random = uniform();
  const centers = new Float32Array(2 * classes);
  for (let k = 0; k < classes; k++) {
    const angle = 2 * Math.PI * k / classes;
    centers.set([radius * Math.cos(angle), radius * Math.sin(angle)], 2 * k);
  }
  const labels = Uint8Array.from({ length: count }, (_, i) => i % classes);
  const points = Float32Array.from({ length: 2 * count }, (_, i) => {
    return centers[2 * labels[i >> 1] + i % 2] + spread * (random() - 0.5);
  });
  return { points, labels, centers };
}

/** Numerical Recipes' generator: integers alone, so that no machine rounds otherwise. */
function uniform(): () => number {
  let state = 1;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}
