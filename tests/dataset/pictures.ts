/** What an epoch hands out, read back. */
import type { ImageSet } from "../../data/image_set.ts";
import { type BatchOptions, ImageBatches } from "../../src/dataset/image_batches.ts";
import { scope } from "../../src/tensor/scope.ts";
import { readAll } from "../../src/tensor/tensor.ts";

/** Three at a time, in the order of the set, as they are. */
export const PLAIN: BatchOptions = { batchSize: 3, shuffle: false, dropLast: false, seed: 1 };

/** All batches of an epoch. */
export async function epochOf(batches: ImageBatches, epoch: number) {
  batches.startEpoch(epoch);
  const found = [];
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
