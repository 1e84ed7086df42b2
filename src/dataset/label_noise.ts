/** Labels that are wrong, for a known share of a set. */
import { philox4x32, uniform } from "../base/philox.ts";
import { PURPOSES, Random } from "../model/random.ts";
import type { ImageSet } from "./image_set.ts";

/**
 * Gives a share of the images another class, each of the others as likely (symmetric noise). Whether and which is drawn by
 * Philox from the seed and the image's place in the set: the same in every run, and for an image the same however many come
 * after it. The share is a probability, so that of 10,000 images some four in a thousand more or fewer are wrong at 20 %.
 *
 * @param share From 0 to below 1.
 * @param seed A whole number below 2^32.
 * @throws {RangeError} When the share or the seed is another number, or the set has one class.
 *
 * @example
 * ```ts
 * import { assert } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { drawDigits, withLabelNoise } from "../../data.ts";
 *
 * const set = drawDigits({ count: 1000, seed: 1, split: "train" }), noisy = withLabelNoise(set, 0.2, 1);
 * const wrong = noisy.labels.filter((label, i) => label !== set.labels[i]).length;
 * assert(wrong > 150 && wrong < 250);
 * ```
 */
export function withLabelNoise(set: ImageSet, share: number, seed: number): ImageSet {
  const classes = set.classNames.length;
  if (!(share >= 0 && share < 1) || classes < 2) {
    throw new RangeError(
      classes < 2
        ? `Cannot give images of ${set.name} another class: it has only ${classes}`
        : `Cannot make a share of ${share} of the labels of ${set.name} wrong: give 0 to below 1`,
    );
  }
  new Random(seed, "label-noise"); // refuses what is no seed
  const words = new Uint32Array(4), key = [seed, PURPOSES["label-noise"]] as const;
  return {
    ...set,
    labels: set.labels.map((label, i) => {
      const [draw, other] = philox4x32([i, 0, 0, 0], key, words);
      if (uniform(draw) >= share) return label;
      return (label + 1 + Math.floor(other * (classes - 1) / 2 ** 32)) % classes;
    }),
  };
}
