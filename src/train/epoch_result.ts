/** What an epoch of training gives. */
import type { SplitResult, StepMetrics } from "./pass.ts";

/** What an epoch gave. */
export interface EpochResult {
  /** One for each step, in order. */
  steps: StepMetrics[];
  /** The training pass itself: features as they were when each batch was seen. */
  train: SplitResult;
  /** The test set after the epoch, with batch norm in evaluation mode; NaN and no labels where it was left out. */
  test: SplitResult;
  /**
   * `[classes, featureDim]`: the learned centers, or the class means of the training features where none are learned; NaN for a
   * class that has no training sample in the epoch.
   */
  centers: Float32Array;
  /**
   * `[classes, 3]`: how the last layer makes logits of two features, a factor on each and a bias; none of other sizes, or where
   * logits are not trained.
   */
  classifier?: Float32Array;
  /** The learning rate of its last step. */
  lr: number;
}

/** Called with how far an epoch is, each time the GPU was waited for; returns false to stop after this step. */
export type Progress = (done: number, steps: number, last: StepMetrics) => boolean;
