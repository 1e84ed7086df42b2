/**
 * Labelled images as plain bytes: what every source of this room returns.
 *
 * @module
 */
import { type Labels, labelsAt } from "./labels.ts";

/** Labelled images in host memory, as stored: no scaling, no shuffling. */
export interface ImageSet {
  /** The data set, as the command line calls it: `"mnist"`, `"digits"`. */
  name: string;
  /** The part of it: `"train"` or `"test"`. */
  split: string;
  /** The number of images. */
  count: number;
  /** Rows of an image, in pixels. */
  height: number;
  /** Columns of an image, in pixels. */
  width: number;
  /** Bytes of a pixel: 1 for grey, 3 for red, green, blue. */
  channels: number;
  /** Shape [count, height, width, channels], row-major; 0 is black, 255 is white. */
  images: Uint8Array<ArrayBuffer>;
  /** Shape [count]; each an index into {@linkcode classNames}: bytes, or 32 bits above 256 classes. */
  labels: Labels;
  /** A name for each class, in the order of the labels. */
  classNames: string[];
}

/**
 * The first `n` images of a set with their labels, as views of the same bytes (nothing is copied).
 *
 * @example A quick look at a large set
 * ```ts
 * import { drawDigits, subset } from "../../data.ts";
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const few = subset(drawDigits({ count: 50, seed: 1, split: "train" }), 10);
 *
 * assertEquals(few.count, 10);
 * assertEquals(few.images.length, 10 * 28 * 28);
 * ```
 *
 * @throws {RangeError} If `n` is not a whole number from 1 to `set.count`.
 */
export function subset(set: ImageSet, n: number): ImageSet {
  if (!Number.isInteger(n) || n < 1 || n > set.count) {
    throw new RangeError(
      `Cannot take the first ${n} images of ${set.name} ${set.split}: ` +
        `it holds ${set.count}, so ask for a whole number from 1 to ${set.count}`,
    );
  }
  return part(set, 0, n);
}

/** Images of a set that stand side by side, with their labels, as views of the same bytes. */
export function part<Images extends Omit<ImageSet, "name" | "split">>(
  set: Images,
  from: number,
  to: number,
): Images {
  const bytes = set.height * set.width * set.channels;
  return {
    ...set,
    count: to - from,
    images: set.images.subarray(from * bytes, to * bytes),
    labels: set.labels.subarray(from, to),
  };
}

/** Some images of a set with their labels, in the order of `indices`, as copies. */
export function picked(set: ImageSet, indices: ArrayLike<number>): ImageSet {
  const bytes = set.height * set.width * set.channels, count = indices.length;
  const images = new Uint8Array(count * bytes);
  for (let to = 0; to < count; to++) {
    const from = indices[to] * bytes;
    images.set(set.images.subarray(from, from + bytes), to * bytes);
  }
  return { ...set, count, images, labels: labelsAt(set.labels, indices) };
}

/** The two sets of a run. */
export interface Sets {
  train: ImageSet;
  test: ImageSet;
}
