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
  const counts: number[] = [];
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  const ofClass: Uint32Array[] = [];
  counts.forEach((count, label) => ofClass[label] = new Uint32Array(count));
  const met: number[] = [];
  labels.forEach((label, i) => {
    met[label] ??= 0;
    ofClass[label][met[label]++] = i;
  });
  const train = new Uint32Array(labels.length), test = new Uint32Array(labels.length);
  let trained = 0, tested = 0;
  ofClass.forEach((order, label) => {
    const { length } = order;
    if (length === 1) throw new RangeError(`Cannot divide class ${label}: it has one image`);
    shuffle(order, seed, streamOf(label));
    const held = Math.min(length - 1, Math.max(1, Math.round(share * length)));
    test.set(order.subarray(0, held), tested);
    train.set(order.subarray(held), trained);
    tested += held;
    trained += length - held;
  });
  return { train: train.slice(0, trained).sort(), test: test.slice(0, tested).sort() };
}
