/** Classes of different sizes, made of a set whose classes have about the same. */
import { Random } from "../model/random.ts";
import { type ImageSet, picked } from "./image_set.ts";

/**
 * Keeps fewer images of each later class: with `C` classes, of class `k`
 *
 *     n_k = round(n ratio^(-k / (C - 1)))
 *
 * where `n` is the size of the smallest class, so that the first class has `ratio` times the images of the last (the
 * long-tailed sets of Cui et al., CVPR 2019). Which ones stay is drawn by Philox, the same for the same seed; their order
 * is that of the set, and every class keeps one at least.
 *
 * @param ratio 1 or more.
 * @param seed A whole number below 2^32.
 * @throws {RangeError} When the ratio is less than 1, or a class has no image.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { drawDigits, imbalanced } from "../../data.ts";
 *
 * const set = imbalanced(drawDigits({ count: 500, seed: 1, split: "train" }), 10, 1);
 * const sizes = set.classNames.map((_, k) => set.labels.filter((label) => label === k).length);
 * assertEquals(Math.round(sizes[0] / sizes[9]), 10);
 * ```
 */
export function imbalanced(set: ImageSet, ratio: number, seed: number): ImageSet {
  const { labels, classNames, name } = set, last = Math.max(1, classNames.length - 1);
  if (!(ratio >= 1)) {
    throw new RangeError(`Cannot make classes of ${name} differ ${ratio} times: give 1 or more`);
  }
  const members = classNames.map((): number[] => []);
  labels.forEach((label, i) => members[label].push(i));
  const empty = members.findIndex((rows) => rows.length === 0);
  if (empty >= 0) {
    throw new RangeError(
      `Cannot make classes of ${name} differ ${ratio} times: class ${empty} has no image`,
    );
  }
  const smallest = Math.min(...members.map((rows) => rows.length));
  const kept = members.flatMap((rows, k) => {
    const count = Math.max(1, Math.round(smallest * ratio ** (-k / last)));
    const order = new Random(seed, "imbalance", k).permutation(rows.length);
    return Array.from(order.subarray(0, count), (i) => rows[i]);
  });
  return picked(set, kept.sort((a, b) => a - b));
}
