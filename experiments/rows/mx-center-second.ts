import type { Experiment } from "./experiment.ts";

/**
 * wangx404/Center_Loss_in_MXNet: cross-entropy + center loss, then center loss alone on MNIST, 2-D features.
 *
 * The last batch of an epoch has 96 images, and is divided by 128 all the same. Weight decay is on the network only.
 * The second stage starts from the best checkpoint of the first, with the rate again at 0.1; centers stay where they are,
 * and so does the layer of the logits, which has no gradient and no decay.
 * Published by nearest center: 0.9851.
 */
export default {
  id: "mx-center-second",
  summary: "mx-center, then 30 epochs of center loss alone",
  source: { repository: "wangx404/Center_Loss_in_MXNet", accuracy: 0.9872 },
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
    loss: { kind: "center", weight: 1, rule: "balanced" },
    optimizer: { lr: 0.1, momentum: 0, weightDecay: 1e-4 },
    centers: {
      init: "as-weights",
      lr: 0.5,
      momentum: 0,
      weightDecay: 0,
      scheduled: true,
      perWeight: false,
    },
    batchSize: 128,
    lastBatch: "keep-full-divisor",
    augmentation: { flip: 0, rotation: 0, padding: 0 },
  },
  schedule: { kind: "step", stepSize: 10, gamma: 0.1 },
  epochs: 60,
  secondStage: { epochs: 30, loss: { kind: "center-alone", rule: "balanced" }, from: "best" },
  lastEpochFactor: 1,
  scoring: "logit",
  seed: 1,
  quick: {
    widthFactor: 0.5,
    batchSize: 16,
    epochs: 7,
    trainSize: 10_000,
    testSize: 2_000,
    lastEpochFactor: 0.1,
    lr: 0.05,
    schedule: { kind: "constant" },
    secondStageEpochs: 3,
  },
} satisfies Experiment;
