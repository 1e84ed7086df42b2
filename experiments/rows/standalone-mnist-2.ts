import type { Experiment } from "./experiment.ts";

/**
 * mo-vic/standalone-center-loss, row 3: standalone center loss on MNIST, 2-D features.
 *
 * The schedule is the source's ReduceLROnPlateau with a relative threshold of 0.1: the rate falls to a fifth after 11 epochs
 * none of which beat the best accuracy by a tenth of it, as none can above 0.909.
 * Logits are not trained, so samples go to the nearest center.
 * The source's README writes log |x_i - x_j|^2, its code log(1 + |x_i - x_j|^2): `form` is the code's.
 */
export default {
  id: "standalone-mnist-2",
  summary: "standalone center loss, MNIST, 2-D",
  source: { repository: "mo-vic/standalone-center-loss", row: 3, accuracy: 0.994 },
  dataset: "mnist",
  recipe: {
    network: "resnet",
    featureDim: 2,
    widthFactor: 1,
    loss: { kind: "standalone", weightIntra: 1, weightInter: 0.1, form: "log1p" },
    optimizer: { lr: 0.01, momentum: 0.9, weightDecay: 0 },
    batchSize: 128,
    augmentation: { flip: 0, rotation: 5, padding: 0 },
  },
  schedule: { kind: "plateau", mode: "max", factor: 0.2, patience: 10, threshold: 0.1 },
  epochs: 100,
  lastEpochFactor: 1,
  scoring: "nearest-center",
  seed: 1,
} satisfies Experiment;
