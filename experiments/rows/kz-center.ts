import type { Experiment } from "./experiment.ts";

/**
 * KaiyangZhou/pytorch-center-loss: cross-entropy + center loss on MNIST, 2-D features.
 *
 * The last batch of an epoch has 96 images, as the source's loader keeps it. The source tests every 10 epochs; here every
 * epoch is tested, which changes nothing in training.
 * Centers have an SGD of their own, whose rate stays at 0.5; their gradient is divided by the loss weight.
 */
export default {
  id: "kz-center",
  summary: "LeNet++, cross-entropy + 1.0 x center loss, MNIST, 2-D",
  source: { repository: "KaiyangZhou/pytorch-center-loss" },
  dataset: "mnist",
  recipe: {
    network: "lenetpp",
    init: { kind: "torch-default" },
    featureDim: 2,
    widthFactor: 1,
    loss: { kind: "center", weight: 1, rule: "autograd" },
    optimizer: { lr: 0.001, momentum: 0.9, weightDecay: 5e-4 },
    centers: {
      init: "normal",
      lr: 0.5,
      momentum: 0,
      weightDecay: 0,
      scheduled: false,
      perWeight: true,
    },
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
  quick: {
    widthFactor: 0.5,
    batchSize: 16,
    epochs: 5,
    trainSize: 10_000,
    testSize: 2_000,
    lastEpochFactor: 0.1,
    lr: 0.005,
    schedule: { kind: "constant" },
  },
} satisfies Experiment;
