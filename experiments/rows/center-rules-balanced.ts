import type { Experiment } from "./experiment.ts";

/**
 * jx-center by the rule `balanced`: all else is the same, so that the rules can be compared. Ours, for `center-rules`.
 */
export default {
  id: "center-rules-balanced",
  summary: "LeNet++, cross-entropy + center loss (balanced), 2-D",
  source: { repository: "jxgu1016/MNIST_center_loss_pytorch" },
  dataset: "mnist",
  recipe: {
    network: {
      kind: "lenetpp",
      activation: { kind: "prelu" },
      featureActivation: true,
      outputBias: false,
      lastPool: { kernel: 2, stride: 2 },
    },
    init: { kind: "torch-default" },
    featureDim: 2,
    widthFactor: 1,
    loss: { kind: "center", weight: 1, rule: "balanced" },
    optimizer: { lr: 0.001, momentum: 0.9, weightDecay: 5e-4 },
    centers: {
      init: "normal",
      lr: 0.5,
      momentum: 0,
      weightDecay: 0,
      scheduled: false,
      perWeight: false,
    },
    batchSize: 128,
    lastBatch: "keep",
    normalization: { mean: 0.1307, deviation: 0.3081 },
    augmentation: { flip: 0, rotation: 0, padding: 0 },
  },
  schedule: { kind: "step", stepSize: 20, gamma: 0.8 },
  epochs: 100,
  figures: { range: 8 },
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
    lr: 0.01,
    schedule: { kind: "constant" },
  },
} satisfies Experiment;
