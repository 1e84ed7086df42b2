/**
 * machineCYC/SideProjects, Center Loss Visualization on MNIST (Keras): Kaggle's CSV form of MNIST, 2-D features.
 *
 * The source's README names neither network nor optimizer and writes lambda |x - c| unsquared; its code has a network of its
 * own with batch normalization. Ours: LeNet++, the squared form, Adam 1e-3 over network and centers, batch 128; the last sixth
 * of train.csv is held out for the test.
 */
import type { Shared } from "../experiment.ts";

export const KERAS = {
  source: { repository: "machineCYC/SideProjects, 01-CenterLossVisualization" },
  dataset: "digit-recognizer",
  recipe: {
    network: "lenetpp",
    init: { kind: "torch-default" },
    featureDim: 2,
    widthFactor: 1,
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
  quick: { lr: 0.003 },
} satisfies Shared;
