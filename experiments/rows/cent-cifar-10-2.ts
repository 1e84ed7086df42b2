import type { Experiment } from "./experiment.ts";

/**
 * mo-vic/standalone-center-loss, row 14: cross-entropy and center loss on CIFAR-10, 2-D features.
 *
 * The schedule is the source's ReduceLROnPlateau with a relative threshold of 0.1: the rate falls to a fifth after 11 epochs
 * none of which beat the best accuracy by a tenth of it, as none can above 0.909.
 */
export default {
  id: "cent-cifar-10-2",
  summary: "cross-entropy + 1.0 x center loss, CIFAR-10, 2-D",
  source: { repository: "mo-vic/standalone-center-loss", row: 14, accuracy: 0.775 },
  dataset: "cifar-10",
  recipe: {
    network: "resnet",
    featureDim: 2,
    widthFactor: 1,
    loss: { kind: "center", weight: 1, rule: "autograd" },
    optimizer: { lr: 0.01, momentum: 0.9, weightDecay: 0 },
    batchSize: 128,
    augmentation: { flip: 0.5, rotation: 0, padding: 4 },
  },
  schedule: { kind: "plateau", mode: "max", factor: 0.2, patience: 10, threshold: 0.1 },
  epochs: 100,
  lastEpochFactor: 1,
  scoring: "logit",
  seed: 1,
} satisfies Experiment;
