/** A recipe: all that a row says of its training. */
import type { Augmentation } from "../dataset/augmentation.ts";
import type { Normalization } from "../dataset/batch_options.ts";
import type { LossRecipe } from "../losses/objective.ts";
import type { InitRecipe } from "../model/init.ts";
import type { NetworkRecipe } from "../model/networks.ts";
import type { OneCycle } from "../optim/one_cycle.ts";
import type { CentersRecipe, CentersStart, OptimizerRecipe } from "../optim/recipe.ts";

/** Everything that decides the numbers of a run. */
export interface Recipe {
  /** Which network is trained. */
  network: NetworkRecipe;
  /** How its weights are drawn. Default: `kaiming-normal`. */
  init?: InitRecipe;
  /** Length of a feature vector. */
  featureDim: number;
  /** Factor on the network's channels; 1 is the published network. */
  widthFactor: number;
  /** Blocks a group of the ResNet. Default: 1, as published. */
  blocks?: number;
  /** What is trained. */
  loss: LossRecipe;
  /** How network and centers are trained. */
  optimizer: OptimizerRecipe;
  /** The rate of each step, as a share of the optimizer's. Default: all of it. */
  cycle?: OneCycle;
  /**
   * Epochs of the whole training, for a loss that begins in another way than it ends. Default: unknown; such a
   * loss is then its own from the first step.
   */
  epochs?: number;
  /** How centers start and move; without a rate of their own, by the network's optimizer. Default: that, from N(0, 1). */
  centers?: CentersRecipe | CentersStart;
  /** Images a step. */
  batchSize: number;
  /**
   * The last batch of an epoch where it is not full: dropped; kept, as a mean over its own images; or kept, with the sum over
   * its images divided by `batchSize` all the same. Default: "drop".
   */
  lastBatch?: "drop" | "keep" | "keep-full-divisor";
  /** Steps an epoch at most. Default: as many as the training set gives. */
  stepsPerEpoch?: number;
  /** What is subtracted from pixels of 0 to 1, and what they are divided by. Default: 0 and 1. */
  normalization?: Normalization;
  /** How training images are varied. */
  augmentation: Augmentation;
  /** Seeds the draws of weights, centers, order and augmentation. */
  seed: number;
}

/** The parts of a recipe that may change between steps. */
export type Change = Partial<Pick<Recipe, "loss" | "optimizer" | "centers">>;
