/**
 * Orders and parts of image sets, drawn by a seed.
 *
 * @module
 */
import type { Labels } from "../../src/dataset/labels.ts";
import { philox4x32, type PhiloxKey } from "../../src/base/philox.ts";

/** The second word of the key keeps these draws apart from shuffles and weights of the same seed: "HOLD". */
const PURPOSE = 0x484f4c44;

/** Streams of the seed for the order of images; all others are for the classes. */
export const TRAIN_ORDER = 256, TEST_ORDER = 257;

/** The stream of a class: classes from 256 on make room for the two of the orders. */
function streamOf(label: number): number {
  return label < TRAIN_ORDER ? label : label + 2;
}

/**
 * Puts numbers into random order, in place (Fisher and Yates).
 *
 * @param seed A whole number from 0 to 2^32 - 1.
 * @param stream Draws of different streams have nothing to do with each other.
 */
export function shuffle(numbers: Uint32Array, seed: number, stream: number): void {
  const key: PhiloxKey = [seed, PURPOSE];
  const words = new Uint32Array(4);
  for (let last = numbers.length - 1; last > 0; last--) {
    const [word] = philox4x32([last, stream, 0, 0], key, words);
    // The upper 32 bits of a 64-bit product: uniform up to a bias of length / 2^32.
    const other = Math.floor(word * (last + 1) / 2 ** 32);
    [numbers[last], numbers[other]] = [numbers[other], numbers[last]];
  }
}

/**
 * Divides images into those to train on and those held out, class by class: of each the share is held out, rounded,
 * but at least one image, and at least one is kept. Labels that no image has do no harm.
 *
 * @param labels Shape [count].
 * @param share From 0 to 1.
 * @param seed A whole number from 0 to 2^32 - 1.
 * @returns Indices into the labels, each part in ascending order.
 * @throws {RangeError} If a class has one image only.
 */
export function holdOut(
  labels: Labels,
  share: number,
  seed: number,
): { train: Uint32Array; test: Uint32Array } {
  const ofClass = Map.groupBy(labels.keys(), (i) => labels[i]);
  const isHeld = new Uint8Array(labels.length);
  for (const [label, { length }] of ofClass) {
    if (length === 1) throw new RangeError(`Cannot divide class ${label}: it has one image`);
    const order = Uint32Array.from(ofClass.get(label)!);
    shuffle(order, seed, streamOf(label));
    const held = Math.min(length - 1, Math.max(1, Math.round(share * length)));
    for (const i of order.subarray(0, held)) isHeld[i] = 1;
  }
  const indices = Uint32Array.from(labels.keys());
  return { train: indices.filter((i) => !isHeld[i]), test: indices.filter((i) => isHeld[i]) };
}
