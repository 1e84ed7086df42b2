/**
 * Wen et al., ECCV 2016, and the authors' mnist_example in ydwen/caffe-face: LeNet++ on MNIST, 2-D features.
 *
 * 10,000 iterations; an epoch here is 250 of them, a fresh draw of 32,000 images (ours: Caffe reads on in one order, not
 * shuffled), so that the rate falls by 0.8 after 5,000, 8,000 and 10,000. Biases move at twice the rate without decay,
 * centers through the same solver without decay, by rule `paper`: at 0.01 with momentum 0.9, falling with the rate. That is
 * the authors' code. Their paper moves centers at a rate of their own, alpha = 0.5, also in its figure 3: `WEN_ALPHA`.
 * Caffe's velocity has the rate in it, and takes some ten steps to follow a fall; ours, as PyTorch's, falls at once. (x -
 * 127.5) / 128 is written as (x / 255 - 0.5) / (128 / 255).
 */
import type { Shared } from "../experiment.ts";

export const WEN = {
  source: { repository: "ydwen/caffe-face, mnist_example" },
  dataset: "mnist",
  recipe: {
    network: {
      kind: "lenetpp",
      activation: { kind: "prelu", perChannel: true },
      featureActivation: true,
      outputBias: false,
      lastPool: { kernel: 3, stride: 2 },
    },
    init: { kind: "xavier-uniform", magnitude: 3, fan: "in" },
    featureDim: 2,
    widthFactor: 1,
    optimizer: {
      lr: 0.01,
      momentum: 0.9,
      weightDecay: 5e-4,
      biases: { lrFactor: 2, weightDecay: 0 },
    },
    centers: {
      init: "as-weights",
      lr: 0.01,
      momentum: 0.9,
      weightDecay: 0,
      scheduled: true,
      perWeight: false,
    },
    batchSize: 128,
    stepsPerEpoch: 250,
    normalization: { mean: 0.5, deviation: 128 / 255 },
    augmentation: { flip: 0, rotation: 0, padding: 0 },
  },
  schedule: { kind: "milestones", milestones: [20, 32, 40], gamma: 0.8 },
  epochs: 40,
  lastEpochFactor: 1,
  scoring: "logit",
  seed: 1,
  quick: { schedule: { kind: "constant" }, stepsPerEpoch: 625 },
} satisfies Shared;

/** The same, but the paper's Eq. 4 moves the centers: by alpha = 0.5, without momentum, whatever the rate is. */
export const WEN_ALPHA = {
  ...WEN,
  recipe: {
    ...WEN.recipe,
    centers: {
      init: "as-weights",
      lr: 0.5,
      momentum: 0,
      weightDecay: 0,
      scheduled: false,
      perWeight: false,
    },
  },
} satisfies Shared;
