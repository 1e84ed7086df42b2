/**
 * The data set that needs no download: digits drawn by the program itself.
 *
 * @module
 */
import type { ImageSet } from "../../src/dataset/image_set.ts";
import { drawStandIn } from "./stand_in.ts";

/** What to draw. */
export interface DigitsOptions {
  /** The number of images. */
  count: number;
  /** A whole number from 0 to 2^32 - 1. */
  seed: number;
  /** Training and test images of one seed have nothing in common. */
  split: "train" | "test";
}

/** MNIST's. */
const SHAPE = { height: 28, width: 28, channels: 1 };

/**
 * Draws digits like MNIST's: 28x28, white on black, about 20 pixels high, in DejaVu Sans with random
 * place, size, proportions, rotation, slant, bend, stroke weight, blur and grain.
 *
 * Image number i depends on (seed, split, i) alone, and is the same bytes on every machine: a shorter
 * set is the beginning of a longer one. Every ten images from a multiple of ten hold each digit once.
 *
 * @example The same seed draws the same images
 * ```ts
 * import { drawDigits } from "./digits.ts";
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const ten = drawDigits({ count: 10, seed: 7, split: "train" });
 * const twenty = drawDigits({ count: 20, seed: 7, split: "train" });
 *
 * assertEquals(ten.images, twenty.images.subarray(0, ten.images.length));
 * assertEquals([...ten.labels].sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
 * ```
 *
 * @returns Images of shape [count, 28, 28, 1] with labels 0 to 9.
 * @throws {RangeError} If `count` is not a positive whole number, `seed` not a u32, or `split` unknown.
 */
export function drawDigits({ count, seed, split }: DigitsOptions): ImageSet {
  return drawStandIn({ count, seed, split, ...SHAPE });
}
