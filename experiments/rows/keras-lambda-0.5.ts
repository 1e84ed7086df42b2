import type { Experiment } from "./experiment.ts";

/**
 * Center Loss Visualization on MNIST (Keras): lambda 0.5, Kaggle's CSV form of MNIST, 2-D features.
 *
 * The source's README names neither network nor optimizer and writes lambda |x - c| unsquared; its code has a network of its
 * own with batch normalization. Ours: LeNet++, the squared form, Adam 1e-3 over network and centers, batch 128; the last sixth
 * of train.csv is held out for the test.
 */
export default {
  id: "keras-lambda-0.5",
  summary: "LeNet++, cross-entropy + 0.5 x center loss, Kaggle's CSV",
  source: { repository: "machineCYC/SideProjects, 01-CenterLossVisualization" },
  dataset: "digit-recognizer",
  recipe: {
    network: "lenetpp",
    init: { kind: "torch-default" },
    featureDim: 2,
    widthFactor: 1,
    loss: { kind: "center", weight: 0.5, rule: "autograd" },
    optimizer: { kind: "adam", lr: 1e-3 },
    batchSize: 128,
    lastBatch: "keep",
    augmentation: { flip: 0, rotation: 0, padding: 0 },
  },
  schedule: { kind: "constant" },
  epochs: 30,
  figures: { reliability: true },
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
    lr: 0.003,
  },
} satisfies Experiment;
