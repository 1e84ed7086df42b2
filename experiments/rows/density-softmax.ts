import type { Experiment } from "./experiment.ts";

/**
 * bowu1004/TBD_densityLoss, density and center loss, built on KaiyangZhou's code: kz-center at batch 200, and
 * cross-entropy alone, to set beside them.
 */
export default {
  id: "density-softmax",
  summary: "cross-entropy alone beside the density rows",
  source: { repository: "bowu1004/TBD_densityLoss" },
  dataset: "mnist",
  recipe: {
    network: "lenetpp",
    init: { kind: "torch-default" },
    featureDim: 2,
    widthFactor: 1,
    loss: { kind: "cross-entropy" },
    optimizer: { lr: 0.001, momentum: 0.9, weightDecay: 5e-4 },
    batchSize: 200,
    lastBatch: "keep",
    normalization: { mean: 0.1307, deviation: 0.3081 },
    augmentation: { flip: 0, rotation: 0, padding: 0 },
  },
  schedule: { kind: "step", stepSize: 20, gamma: 0.5 },
  epochs: 100,
  figures: { predictions: true },
  lastEpochFactor: 1,
  scoring: "logit",
  seed: 1,
  quick: {
    widthFactor: 0.5,
    batchSize: 25,
    epochs: 5,
    trainSize: 10_000,
    testSize: 2_000,
    lastEpochFactor: 0.1,
    lr: 0.005,
    schedule: { kind: "constant" },
  },
} satisfies Experiment;
