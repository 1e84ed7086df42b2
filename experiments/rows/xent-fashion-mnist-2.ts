import type { Experiment } from "./experiment.ts";

/**
 * mo-vic/standalone-center-loss, row 7: cross-entropy alone on Fashion-MNIST, 2-D features.
 *
 * The schedule is the source's ReduceLROnPlateau with a relative threshold of 0.1: the rate falls to a fifth after 11 epochs
 * none of which beat the best accuracy by a tenth of it, as none can above 0.909.
 * Nearest centers are the class means of the epoch's training features.
 */
export default {
  id: "xent-fashion-mnist-2",
  summary: "cross-entropy alone, Fashion-MNIST, 2-D",
  source: { repository: "mo-vic/standalone-center-loss", row: 7, accuracy: 0.913 },
  dataset: "fashion-mnist",
  recipe: {
    network: "resnet",
    featureDim: 2,
    widthFactor: 1,
    loss: { kind: "cross-entropy" },
    optimizer: { lr: 0.01, momentum: 0.9, weightDecay: 0 },
    batchSize: 128,
    augmentation: { flip: 0.5, rotation: 5, padding: 0 },
  },
  schedule: { kind: "plateau", mode: "max", factor: 0.2, patience: 10, threshold: 0.1 },
  epochs: 100,
  lastEpochFactor: 1,
  scoring: "logit",
  seed: 1,
} satisfies Experiment;
