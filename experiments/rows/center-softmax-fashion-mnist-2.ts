import type { Experiment } from "./experiment.ts";

/**
 * mo-vic/standalone-center-loss, an alternative that the source tried: center softmax on Fashion-MNIST, 2-D features.
 *
 * The loss is the exponential pull towards the centers, and the softmax loss of a linear layer over them.
 * The source gives no numbers for it: alpha and the weights 1 and 0.1 are ours, all else is as in its row standalone-fashion-mnist-2.
 * Exponents are clamped at 80, where float32 would soon overflow; the column `clamped` counts them, a batch.
 */
export default {
  id: "center-softmax-fashion-mnist-2",
  summary: "center softmax, Fashion-MNIST, 2-D",
  source: { repository: "mo-vic/standalone-center-loss" },
  dataset: "fashion-mnist",
  recipe: {
    network: "resnet",
    featureDim: 2,
    widthFactor: 1,
    loss: { kind: "center-softmax", alpha: 0.05, weightIntra: 1, weightInter: 0.1 },
    optimizer: { lr: 0.01, momentum: 0.9, weightDecay: 0 },
    batchSize: 128,
    augmentation: { flip: 0.5, rotation: 5, padding: 0 },
  },
  schedule: { kind: "plateau", mode: "max", factor: 0.2, patience: 10, threshold: 0.1 },
  epochs: 100,
  lastEpochFactor: 1,
  scoring: "nearest-center",
  seed: 1,
  quick: {
    widthFactor: 0.5,
    batchSize: 16,
    epochs: 6,
    trainSize: 10_000,
    testSize: 2_000,
    lastEpochFactor: 0.1,
    lr: 0.05,
  },
} satisfies Experiment;
