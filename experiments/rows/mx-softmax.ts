import type { Experiment } from "./experiment.ts";

/**
 * wangx404/Center_Loss_in_MXNet: cross-entropy alone on MNIST, 2-D features.
 *
 * The last batch of an epoch has 96 images, and is divided by 128 all the same. Weight decay is on the network only.
 */
export default {
  id: "mx-softmax",
  summary: "LeNet++ (leaky), cross-entropy, MNIST, 2-D",
  source: { repository: "wangx404/Center_Loss_in_MXNet", accuracy: 0.9855 },
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
    loss: { kind: "cross-entropy" },
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
  quick: {
    widthFactor: 0.5,
    batchSize: 16,
    epochs: 4,
    trainSize: 10_000,
    testSize: 2_000,
    lastEpochFactor: 0.1,
    lr: 0.05,
    schedule: { kind: "constant" },
  },
} satisfies Experiment;
