/** A training's own memory, to be drawn from without a readback. */
import type { Learner } from "./learner.ts";
import type { Pass } from "./pass.ts";
import { bufferOf, type BufferPart } from "../tensor/buffer_of.ts";

/**
 * Where a training keeps what a canvas draws, on `gpu().device`; call `gpu().flush()` before each submit of your own. They stay
 * where they are until the trainer is disposed.
 *
 * Row `r` of `samples` belongs to the sample `order[r]` where `r` is below the first number of `cursor`, and to
 * `previousOrder[r]` else: a row is written once an epoch, and what an epoch did not reach yet is left from the one before.
 * Before the first epoch is over, only rows below the cursor hold anything.
 */
export interface TrainingBuffers {
  /** `[rows, stride]`, `f32`: the features of a sample as it was seen, then what is known of its class. */
  samples: BufferPart & { rows: number; stride: number };
  /** `[3]`, `i32`: samples seen in this epoch, steps done in it, its number. */
  cursor: BufferPart;
  /** `[count]`, `i32`: the samples in the order of this epoch. */
  order: BufferPart;
  /** `[count]`, `i32`: the same of the epoch before. */
  previousOrder: BufferPart;
  /** `[count]`, `i32`: the labels of the set, by sample. */
  labels: BufferPart;
  /** `[classes, featureDim]`, `f32`: the centers as they are trained. */
  centers: BufferPart;
}

/** The buffers of a training set's pass, and of what is trained. */
export function trainingBuffers(
  { sampleTable, batches }: Pass,
  { centers }: Learner,
): TrainingBuffers {
  const [rows, stride] = sampleTable.shape, { labels, order, previousOrder } = batches.onGpu;
  return {
    samples: { ...bufferOf(sampleTable), rows, stride },
    cursor: bufferOf(batches.cursor),
    order: bufferOf(order),
    previousOrder: bufferOf(previousOrder),
    labels: bufferOf(labels),
    centers: bufferOf(centers),
  };
}
