/** A whole set, batch by batch: for evaluation outside of training. */
import { onlyOptions } from "../../base/choice.ts";
import type { Normalization } from "../../dataset/batch_options.ts";
import { type Batch, ImageBatches } from "../../dataset/image_batches.ts";
import type { ImageSet } from "../../dataset/image_set.ts";
import { readAllOf } from "../../tensor/read_of.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Elements } from "../../tensor/elements.ts";

/** How {@linkcode evaluate} goes over a set. */
export interface EvaluateOptions {
  /** Images at a time. Default: 256. */
  batchSize?: number;
  /** That of the training. Default: none. */
  normalization?: Normalization;
}

/**
 * What `f` makes of each batch of a set, in its order, read as it is done. The set's bytes leave the GPU when the loop ends, also
 * where its body throws.
 */
export async function* ofBatches(
  set: ImageSet,
  options: EvaluateOptions,
  f: (batch: Batch) => readonly Tensor[],
): AsyncGenerator<Elements[], void, void> {
  const known = ["batchSize", "normalization"] as const;
  const { batchSize = 256, normalization } = onlyOptions("evaluate the network", options, known);
  const batches = new ImageBatches(set, {
    batchSize: Math.min(batchSize, set.count),
    shuffle: false,
    dropLast: false,
    normalization,
    seed: 0,
  });
  try {
    batches.startEpoch(0);
    for (const rows of batches.sizes) {
      yield await readAllOf(() => {
        const batch = batches.next(rows);
        batches.advance(rows);
        return f(batch);
      });
    }
  } finally {
    batches.dispose();
  }
}
