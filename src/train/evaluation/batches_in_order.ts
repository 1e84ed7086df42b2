/** A whole set, batch by batch: for evaluation outside of training. */
import type { Normalization } from "../../dataset/batch_options.ts";
import { type Batch, ImageBatches } from "../../dataset/image_batches.ts";
import type { ImageSet } from "../../dataset/image_set.ts";

/** How {@linkcode evaluate} goes over a set. */
export interface EvaluateOptions {
  /** Images at a time. Default: 256. */
  batchSize?: number;
  /** That of the training. Default: none. */
  normalization?: Normalization;
}

/** All batches of a set, in its order. Its bytes leave the GPU when the loop over them ends, also where its body throws. */
export async function* batchesInOrder(
  set: ImageSet,
  { batchSize = 256, normalization }: EvaluateOptions = {},
): AsyncGenerator<Batch, void, void> {
  const batches = new ImageBatches(set, {
    batchSize: Math.min(batchSize, set.count),
    shuffle: false,
    dropLast: false,
    normalization,
    seed: 0,
  });
  try {
    yield* batches.epoch(0);
  } finally {
    batches.dispose();
  }
}
