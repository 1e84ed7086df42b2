/**
 * The data set that needs no download: digits drawn by the program itself.
 *
 * @module
 */
import { drawDigit } from "./digit_image.ts";
import { randomStyle } from "./digit_style.ts";
import { glyphField } from "./glyph.ts";
import type { ImageSet } from "./image_set.ts";
import { philox4x32, type PhiloxKey, uniform } from "./philox.ts";

/** What to draw. */
export interface DigitsOptions {
  /** The number of images. */
  count: number;
  /** A whole number from 0 to 2^32 - 1. */
  seed: number;
  /** Training and test images of one seed have nothing in common. */
  split: "train" | "test";
}

const SIDE = 28;
const CLASS_NAMES = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
/** The second word of the key keeps these draws apart from shuffles and weights of the same seed: "DIGI". */
const PURPOSE = 0x44494749;
/** The last word of the counter: what a draw is for. */
const LABELS = 0, STYLE = 1, GRAIN = 2;

let fields: Float32Array[] | undefined;

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
 * @throws {RangeError} If `count` is not a positive whole number, or `seed` not a u32.
 */
export function drawDigits({ count, seed, split }: DigitsOptions): ImageSet {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`Cannot draw ${count} digits: the count must be a whole number from 1`);
  }
  if (seed !== seed >>> 0) {
    throw new RangeError(
      `Cannot draw digits from seed ${seed}: it must be a whole number from 0 to 4294967295`,
    );
  }
  fields ??= CLASS_NAMES.map(glyphField);
  const key: PhiloxKey = [seed, PURPOSE];
  const part = split === "train" ? 0 : 1;
  const images = new Uint8Array(count * SIDE * SIDE);
  const labels = new Uint8Array(count);
  let block: number[] = [];
  for (let i = 0; i < count; i++) {
    if (i % 10 === 0) block = shuffledDigits(key, i / 10, part);
    const pixels = images.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE);
    const style = randomStyle(key, [0, i, part, STYLE]);
    labels[i] = block[i % 10];
    drawDigit(pixels, fields[labels[i]], style, key, [0, i, part, GRAIN]);
  }
  return {
    name: "digits",
    split,
    count,
    height: SIDE,
    width: SIDE,
    channels: 1,
    images,
    labels,
    classNames: [...CLASS_NAMES],
  };
}

/** The labels of ten neighbouring images: each digit once (Fisher-Yates). */
function shuffledDigits(key: PhiloxKey, block: number, part: number): number[] {
  const digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  for (let last = 9; last > 0; last--) {
    const [word] = philox4x32([last, block, part, LABELS], key);
    const other = Math.floor(uniform(word) * (last + 1));
    [digits[last], digits[other]] = [digits[other], digits[last]];
  }
  return digits;
}
