/** A row in a file of one's own. */
import type { OwnLossFunction } from "../../src/losses/own_loss.ts";
import type { Recipe } from "../../src/train/recipe.ts";
import type { Experiment } from "./experiment.ts";

/**
 * What such a file exports by default, for `deno task exp ./my_row.ts`. What it does not say is as in the row that it is
 * `like`; without that it says all that a row has. `docs/my_row.ts` is one.
 */
export interface OwnRow extends Partial<Omit<Experiment, "source" | "file" | "recipe">> {
  /** The id of a row to begin with. */
  like?: string;
  /** As rows have it; its fields one by one replace those of the other row. */
  recipe?: Partial<Omit<Recipe, "seed" | "cycle" | "epochs">>;
  /** A loss of one's own, made of ops: a scalar, or its terms by their names. */
  loss?: OwnLossFunction;
  /** The factor on each term, by its name. Default: the function gives one scalar, whose factor is 1. */
  weights?: Record<string, number>;
  /** Whether the loss moves the centers. Default: "learned". */
  centers?: "learned" | "none";
  /** Whether it trains the logits; else `scoring` is "nearest-center". Default: true. */
  trainsLogits?: boolean;
  /** Whether a term is over pairs of samples, so that it grows with the batch. Default: false. */
  pairwise?: boolean;
}

/** Every field that such a row may have: another one is a slip of the pen. */
export const OWN_FIELDS: readonly (keyof OwnRow)[] = [
  ...["like", "id", "summary", "dataset", "recipe", "schedule", "epochs", "secondStage"] as const,
  ...["lastEpochFactor", "trainSize", "testSize", "scoring", "seed", "figures", "quick"] as const,
  ...["loss", "weights", "centers", "trainsLogits", "pairwise"] as const,
];

/** The same of its recipe. */
export const RECIPE_FIELDS: readonly (keyof NonNullable<OwnRow["recipe"]>)[] = [
  ...["network", "init", "featureDim", "widthFactor", "loss", "optimizer", "centers"] as const,
  ...["batchSize", "lastBatch", "stepsPerEpoch", "normalization", "augmentation"] as const,
];
