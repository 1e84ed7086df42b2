import type { Experiment } from "./experiment.ts";

/**
 * KaiyangZhou/pytorch-center-loss: cross-entropy alone on MNIST, 2-D features.
 *
 * The last batch of an epoch has 96 images, as the source's loader keeps it. The source tests every 10 epochs; here every
 * epoch is tested, which changes nothing in training.
 * The source leaves open how its pictures of softmax alone were made: its weight 0 divides by zero. Here there are no centers.
 */
export default {
  id: "kz-softmax",
  summary: "LeNet++, cross-entropy, MNIST, 2-D",
  source: { repository: "KaiyangZhou/pytorch-center-loss" },
  dataset: "mnist",
  recipe: {
    network: "lenetpp",
    init: { kind: "torch-default" },
    featureDim: 2,
    widthFactor: 1,
    loss: { kind: "cross-entropy" },
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
