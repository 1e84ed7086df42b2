/** A training of a few steps. */
import type { Recipe } from "../../src/train/recipe.ts";
import { noise } from "../image_set.ts";

export const CENTER = { kind: "center", weight: 1, rule: "autograd" } as const;
export const OPTIMIZER = { lr: 0.01, momentum: 0.9, weightDecay: 0 };
export const RECIPE: Recipe = {
  network: "resnet",
  featureDim: 2,
  widthFactor: 0.125,
  loss: CENTER,
  optimizer: OPTIMIZER,
  batchSize: 4,
  augmentation: { flip: 0, rotation: 5, padding: 0 },
  seed: 1,
};
export const SIZE = { height: 8, width: 7 };
export const train = noise({ count: 14, ...SIZE });
