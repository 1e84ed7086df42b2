/**
 * wangx404/Center_Loss_in_MXNet: LeNet++ with leaky activations on MNIST, 2-D features.
 *
 * The last batch of an epoch has 96 images, and is divided by 128 all the same. Weight decay is on the network only.
 *
 * The second stage is a command of its own (`--second_train`), which always loads the parameters and the centers of the best
 * epoch, chosen on the test set.
 *
 * The source goes through both sets once more after each epoch: its training accuracy and its maps of the training set are of
 * the network as the epoch left it. Here they are of the training pass itself, of each batch when it was seen, so early epochs
 * look worse and more smeared than there. The test set is seen after the epoch in both.
 */
import type { CentersRecipe } from "../../../src/optim/recipe.ts";
import type { Shared } from "../experiment.ts";

export const MX = {
  source: { repository: "wangx404/Center_Loss_in_MXNet" },
  dataset: "mnist",
  recipe: {
    network: {
      kind: "lenetpp",
      activation: { kind: "leaky", slope: 0.01 },
      featureActivation: false,
      outputBias: true,
      lastPool: { kernel: 2, stride: 2 },
    },
    init: { kind: "xavier-uniform", magnitude: 2.24, fan: "average" },
    featureDim: 2,
    widthFactor: 1,
    optimizer: { lr: 0.1, momentum: 0, weightDecay: 1e-4 },
    batchSize: 128,
    lastBatch: "keep-full-divisor",
    augmentation: { flip: 0, rotation: 0, padding: 0 },
  },
  schedule: { kind: "step", stepSize: 10, gamma: 0.1 },
  epochs: 30,
  lastEpochFactor: 1,
  scoring: "logit",
  seed: 1,
  quick: { lr: 0.05, schedule: { kind: "constant" } },
} satisfies Shared;

/** Centers start within +-0.611, by the rule of the weights, and move at 0.5, a rate that falls with the network's. */
export const MX_CENTERS = {
  init: "as-weights",
  lr: 0.5,
  momentum: 0,
  weightDecay: 0,
  scheduled: true,
  perWeight: false,
} satisfies CentersRecipe;
