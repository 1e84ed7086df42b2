import type { Experiment } from "./experiment.ts";

/**
 * bowu1004/TBD_densityLoss, density and center loss, built on KaiyangZhou's code: kz-center at batch 200, and
 * how the paths of every two centers go together over the epochs: the source's open wish,
 *  "two centers correlate".
 */
export default {
  id: "density-correlation",
  summary: "kz-center, with the correlation of the centers' paths",
  source: { repository: "bowu1004/TBD_densityLoss" },
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
