/** What an epoch hands out, read back. */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { ImageSet } from "../../src/dataset/image_set.ts";
import type { BatchOptions } from "../../src/dataset/batch_options.ts";
import { ImageBatches } from "../../src/dataset/image_batches.ts";
import { scope } from "../../src/tensor/scope.ts";
import { readAll } from "../../src/tensor/tensor.ts";

/** Three at a time, in the order of the set, as they are. */
export const PLAIN: BatchOptions = { batchSize: 3, shuffle: false, dropLast: false, seed: 1 };

/** A batch as numbers. */
export interface Pictures {
  shape: readonly number[];
  pixels: number[];
  labels: number[];
}

/**
 * How far a pixel may be from byte / 255, relative to it: WGSL lets a division be 2.5 units in the last place away, and
 * SwiftShader's is. Two bytes are never that close.
 */
const DIVISION = 2.5 * 2 ** -23;

/** Asserts that pixels are these, as bytes over 255. */
export function assertPixels(found: readonly number[], expected: readonly number[]): void {
  assertEquals(found.length, expected.length);
  found.forEach((pixel, i) =>
    assertAlmostEquals(pixel, expected[i], DIVISION * expected[i], `pixel ${i}`)
  );
}

/** Asserts that batches are these. */
export function assertBatches(found: readonly Pictures[], expected: readonly Pictures[]): void {
  const rest = (batches: readonly Pictures[]) =>
    batches.map(({ shape, labels }) => ({ shape, labels }));
  assertEquals(rest(found), rest(expected));
  found.forEach(({ pixels }, i) => assertPixels(pixels, expected[i].pixels));
}

/** All batches of an epoch. */
export async function epochOf(batches: ImageBatches, epoch: number): Promise<Pictures[]> {
  batches.startEpoch(epoch);
  const found: Pictures[] = [];
  for (const rows of batches.sizes) {
    using _ = scope();
    const { images, labels } = batches.next(rows);
    batches.advance(rows);
    const [pixels, classes] = await readAll([images, labels]);
    found.push({ shape: images.shape, pixels: [...pixels], labels: [...classes] });
  }
  return found;
}

/** Each picture of an epoch by its sample's number. */
export async function picturesOf(set: ImageSet, options: BatchOptions, epoch: number) {
  const batches = new ImageBatches(set, options);
  const pixels = (await epochOf(batches, epoch)).flatMap((batch) => batch.pixels);
  const size = set.height * set.width * set.channels;
  const pictures: number[][] = [];
  batches.order.forEach((sample, i) => {
    if (i * size < pixels.length) pictures[sample] = pixels.slice(i * size, (i + 1) * size);
  });
  return pictures;
}
