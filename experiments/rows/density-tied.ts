import type { Experiment } from "./experiment.ts";

/**
 * density-correlation with the centers of 4 and 9 tied: both classes share one. Ours: it shows what happens to both.
 */
export default {
  id: "density-tied",
  summary: "kz-center, classes 4 and 9 sharing one center",
  source: { repository: "bowu1004/TBD_densityLoss" },
  dataset: "mnist",
  recipe: {
    network: "lenetpp",
    init: { kind: "torch-default" },
    featureDim: 2,
    widthFactor: 1,
    loss: { kind: "center", weight: 1, rule: "autograd", tied: [4, 9] },
    optimizer: { lr: 0.001, momentum: 0.9, weightDecay: 5e-4 },
    centers: {
      init: "normal",
      lr: 0.5,
      momentum: 0,
      weightDecay: 0,
      scheduled: false,
      perWeight: true,
    },
    batchSize: 200,
    lastBatch: "keep",
    normalization: { mean: 0.1307, deviation: 0.3081 },
    augmentation: { flip: 0, rotation: 0, padding: 0 },
  },
  schedule: { kind: "step", stepSize: 20, gamma: 0.5 },
  epochs: 100,
  figures: { correlation: true },
  lastEpochFactor: 1,
  scoring: "logit",
  seed: 1,
  quick: {
    widthFactor: 0.5,
    batchSize: 25,
    epochs: 12,
    trainSize: 5_000,
    testSize: 2_000,
    lastEpochFactor: 0.1,
    lr: 0.005,
    schedule: { kind: "constant" },
  },
} satisfies Experiment;
