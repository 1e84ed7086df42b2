/** How batches are made of a set. */
import { described, onlyOptions } from "../base/choice.ts";
import { type Augmentation, checkAugmentation, NO_AUGMENTATION } from "./augmentation.ts";
import type { ImageSet } from "./image_set.ts";

/** What batches to make of a set. */
export interface BatchOptions {
  /** Images in a batch. */
  batchSize: number;
  /** Whether each epoch draws a new order; else it has the order of the set. */
  shuffle: boolean;
  /** Whether the last batch is left out where it is not full. */
  dropLast: boolean;
  /** The most batches in an epoch. Default: as many as the set gives. */
  mostBatches?: number;
  /** How images are varied. Default: not at all. */
  augmentation?: Augmentation;
  /** How pixels are scaled. Default: they are 0 to 1. */
  normalization?: Normalization;
  /** Decides the orders and the augmentation: a whole number from 0 to 2^32 - 1. */
  seed: number;
}

/** Pixels become `(pixel / 255 - mean) / deviation`. */
export interface Normalization {
  /** The mean of pixels of 0 to 1. */
  mean: number;
  /** Their standard deviation; not 0. */
  deviation: number;
}

/**
 * The options with their defaults.
 *
 * @throws {TypeError} When `shuffle` or `dropLast` is neither true nor false.
 * @throws {RangeError} When they make no batches of this set, or one is out of its range.
 */
export function completeOptions(set: ImageSet, options: BatchOptions): Required<BatchOptions> {
  const { name, count } = set;
  const known = ["batchSize", "shuffle", "dropLast", "mostBatches", "augmentation"] as const;
  const given = onlyOptions("make batches", options, [...known, "normalization", "seed"]);
  const { batchSize, dropLast, seed, mostBatches = Infinity } = given;
  const { augmentation = NO_AUGMENTATION, normalization = { mean: 0, deviation: 1 } } = given;
  for (const option of ["shuffle", "dropLast"] as const) {
    if (typeof given[option] === "boolean") continue;
    throw new TypeError(
      `Cannot make batches of ${name}: ${option} is ${
        described(given[option])
      }; it must be true or false`,
    );
  }
  if (!Number.isInteger(batchSize) || batchSize < 1 || (dropLast && batchSize > count)) {
    throw new RangeError(
      `Cannot make batches of ${
        described(batchSize)
      } from ${count} ${name} images: a batch has a whole number from 1${
        dropLast ? ` to ${count}` : ""
      }`,
    );
  }
  if (!(mostBatches >= 1) || !Number.isInteger(mostBatches) && mostBatches !== Infinity) {
    throw new RangeError(
      `Cannot make ${mostBatches} batches an epoch from ${name}: it must be a whole number from 1`,
    );
  }
  if (seed !== seed >>> 0) {
    throw new RangeError(
      `Cannot order ${name} by the seed ${seed}: it must be a whole number from 0 to 4294967295`,
    );
  }
  const { mean, deviation } = normalization;
  const isFloat32 = (n: number) => Number.isFinite(n) && Number.isFinite(Math.fround(n));
  if (![mean, deviation, 1 / deviation].every(isFloat32)) {
    throw new RangeError(
      `Cannot normalize ${name} by the mean ${mean} and the deviation ${deviation}: ` +
        "these must be finite as float32, and the deviation not 0",
    );
  }
  checkAugmentation(augmentation, set);
  return { ...given, mostBatches, augmentation, normalization };
}
