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
export const OWN_FIELDS = namesOf<OwnRow>({
  ...{ like: 1, id: 1, summary: 1, dataset: 1, recipe: 1, schedule: 1, epochs: 1, secondStage: 1 },
  ...{ evalEvery: 1, lastEpochFactor: 1, trainSize: 1, testSize: 1, scoring: 1, seed: 1 },
  ...{ figures: 1, quick: 1, loss: 1, weights: 1, centers: 1, trainsLogits: 1, pairwise: 1 },
});

/** The same of its recipe. */
export const RECIPE_FIELDS = namesOf<NonNullable<OwnRow["recipe"]>>({
  ...{ network: 1, init: 1, featureDim: 1, widthFactor: 1, blocks: 1, loss: 1, optimizer: 1 },
  ...{ centers: 1, batchSize: 1, lastBatch: 1, stepsPerEpoch: 1, normalization: 1 },
  ...{ augmentation: 1 },
});

/** The names of all fields; one that is missing does not compile. */
function namesOf<T>(fields: Record<keyof T, 1>): readonly string[] {
  return Object.keys(fields);
}
