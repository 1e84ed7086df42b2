/** Whether samples are nearer to their own class than to any other. */

/**
 * The mean silhouette coefficient (Rousseeuw 1987) of a set by its classes, -1 to 1, row by row, for a pass over distances
 * that other measures share:
 *
 *     s = (b - a) / max(a, b)
 *
 * where `a` is the mean Euclidean distance of a sample to the others of its class, and `b` the smallest mean distance to
 * the samples of another class. It is 0 for a sample that is alone in its class, as the paper says, and where `a` and `b`
 * are both 0.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const points = [0, 1, 10, 11], sums = new SilhouetteSums([0, 0, 1, 1]);
 * points.forEach((p, i) => sums.add(i, points.map((q) => (p - q) ** 2)));
 * assertAlmostEquals(sums.result(), 0.8997, 1e-4);
 * ```
 */
export class SilhouetteSums {
  readonly #labels: ArrayLike<number>;
  readonly #counts: Float64Array;
  readonly #sums: Float64Array;
  #total = 0;
  #samples = 0;

  /**
   * @param labels `[samples]`.
   * @throws {RangeError} When all samples are of one class.
   */
  constructor(labels: ArrayLike<number>) {
    let classes = 0;
    for (let i = 0; i < labels.length; i++) classes = Math.max(classes, labels[i] + 1);
    this.#labels = labels;
    this.#counts = new Float64Array(classes);
    this.#sums = new Float64Array(classes);
    for (let i = 0; i < labels.length; i++) this.#counts[labels[i]]++;
    if (this.#counts.filter((n) => n > 0).length < 2) {
      throw new RangeError(
        `Cannot take the silhouette of ${labels.length} samples: two classes must have some`,
      );
    }
  }

  /** Takes the squared distances of a sample to all, itself included. */
  add(sample: number, squared: ArrayLike<number>): void {
    const labels = this.#labels, counts = this.#counts, sums = this.#sums.fill(0);
    for (let j = 0; j < labels.length; j++) sums[labels[j]] += Math.sqrt(squared[j]);
    const own = labels[sample];
    this.#samples++;
    if (counts[own] === 1) return;
    const a = sums[own] / (counts[own] - 1);
    let b = Infinity;
    for (let k = 0; k < counts.length; k++) {
      if (k !== own && counts[k] > 0) b = Math.min(b, sums[k] / counts[k]);
    }
    if (a !== b) this.#total += (b - a) / Math.max(a, b);
  }

  /** The mean over the samples that were taken. */
  result(): number {
    return this.#total / this.#samples;
  }
}
