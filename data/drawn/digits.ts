/**
 * The data set that needs no download: digits drawn by the program itself.
 *
 * @module
 */
import { checkChoice, onlyOptions } from "../../src/base/choice.ts";
import { drawDigit } from "./digit_image.ts";
import { type DigitStyle, randomStyle } from "./digit_style.ts";
import { glyphField } from "./glyph_field.ts";
import type { ImageSet } from "../../src/dataset/image_set.ts";
import { philox4x32, type PhiloxKey, uniform } from "../../src/base/philox.ts";

/** What to draw. */
export interface DigitsOptions {
  /** The number of images. */
  count: number;
  /** A whole number from 0 to 2^32 - 1. */
  seed: number;
  /** Training and test images of one seed have nothing in common. */
  split: "train" | "test";
  /** Rows of an image, in pixels. Default: 28, as MNIST's. */
  height?: number;
  /** Columns of an image, in pixels. Default: 28. */
  width?: number;
  /** 1 for white on black, which is the default, 3 for one color on another. */
  channels?: number;
}

/** The side that styles are made for. */
const STYLED_SIDE = 28;
/** The digits, in the order of the labels. */
export const DIGIT_CLASSES = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
/** What of a style is in pixels. */
const LENGTHS = ["shiftX", "shiftY", "size", "weight", "weightX", "weightY"] as const;
/** The second word of the key keeps these draws apart from shuffles and weights of the same seed: "DIGI". */
const PURPOSE = 0x44494749;
/** The last word of the counter: what a draw is for. */
const LABELS = 0, STYLE = 1, GRAIN = 2, PAPER = 3, INK = 4;
/** Paper is darker than this, ink brighter than the other: a digit can be read in every channel. */
const DARKEST_INK = 0.6, BRIGHTEST_PAPER = 0.4;

let fields: Float32Array[] | undefined;

/**
 * Draws digits like MNIST's: 28x28, white on black, about 20 pixels high, in DejaVu Sans with random
 * place, size, proportions, rotation, slant, bend, stroke weight, blur and grain.
 *
 * In images of another size all lengths are in proportion to the square in their middle. With three channels, each digit
 * has an ink of a random bright color on a paper of a random dark one.
 *
 * Image number i depends on (seed, split, i) and the shape alone, and is the same bytes on every machine: a shorter
 * set is the beginning of a longer one. Every ten images from a multiple of ten hold each digit once.
 *
 * @example The same seed draws the same images
 * ```ts
 * import { drawDigits } from "../../data.ts";
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const ten = drawDigits({ count: 10, seed: 7, split: "train" });
 * const twenty = drawDigits({ count: 20, seed: 7, split: "train" });
 *
 * assertEquals(ten.images, twenty.images.subarray(0, ten.images.length));
 * assertEquals([...ten.labels].sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
 * ```
 *
 * @returns Images of shape [count, height, width, channels] with labels 0 to 9.
 * @throws {RangeError} If `count`, `height` or `width` is not a positive whole number, `seed` not a u32,
 * `channels` neither 1 nor 3, or `split` unknown.
 */
export function drawDigits(options: DigitsOptions): ImageSet {
  const { count, seed, split, height, width, channels } = checked(options);
  fields ??= DIGIT_CLASSES.map(glyphField);
  const key: PhiloxKey = [seed, PURPOSE];
  const part = split === "train" ? 0 : 1;
  const side = Math.min(height, width);
  const images = new Uint8Array(count * height * width * channels);
  const labels = new Uint8Array(count);
  const square = new Uint8Array(side * side);
  let block: number[] = [];
  for (let i = 0; i < count; i++) {
    if (i % 10 === 0) block = shuffledDigits(key, i / 10, part);
    const style = scaled(randomStyle(key, [0, i, part, STYLE]), side / STYLED_SIDE);
    labels[i] = block[i % 10];
    drawDigit(square, fields[labels[i]], style, key, [0, i, part, GRAIN]);
    const colors = channels === 1 ? WHITE_ON_BLACK : randomColors(key, i, part);
    const size = height * width * channels;
    const pixels = images.subarray(i * size, (i + 1) * size);
    paint(pixels, square, { height, width, channels }, colors);
  }
  const classNames = [...DIGIT_CLASSES];
  return { name: "digits", split, count, height, width, channels, images, labels, classNames };
}

/** The options with their defaults. */
function checked(options: DigitsOptions): Required<DigitsOptions> {
  const known = ["count", "seed", "split", "height", "width", "channels"] as const;
  const given = onlyOptions("draw digits", options, known);
  const { height = 28, width = 28, channels = 1 } = given;
  const all = { ...given, height, width, channels };
  checkChoice("draw digits", "split", all.split, ["train", "test"]);
  for (const name of ["count", "height", "width"] as const) {
    const value = all[name];
    if (Number.isInteger(value) && value > 0) continue;
    throw new RangeError(
      `Cannot draw digits of ${name} ${value}: it must be a whole number from 1`,
    );
  }
  if (all.seed !== all.seed >>> 0) {
    throw new RangeError(
      `Cannot draw digits from seed ${all.seed}: it must be a whole number from 0 to 4294967295`,
    );
  }
  if (all.channels !== 1 && all.channels !== 3) {
    throw new RangeError(`Cannot draw digits in ${all.channels} channels: it must be 1 or 3`);
  }
  return all;
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

/** The same style for a larger or smaller image: lengths in pixels grow with it, edges stay as sharp. */
function scaled(style: DigitStyle, factor: number): DigitStyle {
  const larger = { ...style };
  for (const length of LENGTHS) larger[length] *= factor;
  return larger;
}

/** What no ink and full ink look like, a value from 0 to 1 for each channel. */
interface Colors {
  paper: readonly number[];
  ink: readonly number[];
}

const WHITE_ON_BLACK: Colors = { paper: [0], ink: [1] };

function randomColors(key: PhiloxKey, image: number, part: number): Colors {
  const draw = (purpose: number) =>
    Array.from(philox4x32([0, image, part, purpose], key).subarray(0, 3), uniform);
  return {
    paper: draw(PAPER).map((u) => u * BRIGHTEST_PAPER),
    ink: draw(INK).map((u) => DARKEST_INK + (1 - DARKEST_INK) * u),
  };
}

/** Puts a grey square in the middle of an image, in color. */
function paint(
  pixels: Uint8Array,
  square: Uint8Array,
  { height, width, channels }: { height: number; width: number; channels: number },
  { paper, ink }: Colors,
): void {
  const side = Math.min(height, width);
  const top = Math.floor((height - side) / 2), left = Math.floor((width - side) / 2);
  for (let row = 0, to = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const y = row - top, x = column - left;
      const inside = y >= 0 && y < side && x >= 0 && x < side;
      const grey = inside ? square[y * side + x] : 0;
      for (let c = 0; c < channels; c++, to++) {
        pixels[to] = Math.round(255 * paper[c] + grey * (ink[c] - paper[c]));
      }
    }
  }
}
