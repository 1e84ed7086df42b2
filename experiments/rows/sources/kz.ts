/**
 * KaiyangZhou/pytorch-center-loss: LeNet++ on MNIST, 2-D features.
 *
 * The last batch of an epoch has 96 images, as the source's loader keeps it. The source tests every 10 epochs; here every
 * epoch is tested, which changes nothing in training. In PyTorch before 1.1, the source's of 2018, its rate fell after 21,
 * 41, 61 and 81 epochs, because the script steps the schedule at the end of an epoch; ours falls as it does since, after 20,
 * 40, ...
 */
import type { CentersRecipe } from "../../../src/optim/recipe.ts";
import type { Shared } from "../experiment.ts";

export const KZ = {
  source: { repository: "KaiyangZhou/pytorch-center-loss" },
  dataset: "mnist",
  recipe: {
    network: "lenetpp",
    init: { kind: "torch-default" },
    featureDim: 2,
    widthFactor: 1,
    optimizer: { lr: 0.001, momentum: 0.9, weightDecay: 5e-4 },
    batchSize: 128,
    lastBatch: "keep",
    normalization: { mean: 0.1307, deviation: 0.3081 },
    augmentation: { flip: 0, rotation: 0, padding: 0 },
  },
  schedule: { kind: "step", stepSize: 20, gamma: 0.5 },
  epochs: 100,
  lastEpochFactor: 1,
  scoring: "logit",
  seed: 1,
  quick: { epochs: 5, lr: 0.005, schedule: { kind: "constant" } },
} satisfies Shared;

/** Centers have an SGD of their own, whose rate stays at 0.5; their gradient is divided by the loss weight. */
export const KZ_CENTERS = {
  init: "normal",
  lr: 0.5,
  momentum: 0,
  weightDecay: 0,
  scheduled: false,
  perWeight: true,
} satisfies CentersRecipe;
