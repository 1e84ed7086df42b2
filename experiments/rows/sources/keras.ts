/**
 * machineCYC/SideProjects, 01-CenterLossVisualization (Keras): four convolutions on MNIST, 2-D features behind a PReLU.
 *
 * All of it is the final version of the code, of May 2018: `FourConvs`, weights as Keras draws them, slopes from 0, centers
 * (an embedding) uniform in +-0.05, Adam 1e-3 over network and centers, pixels from 0 to 1, batches of 128 of which the last
 * of an epoch has 96 images. An earlier version, which lies in the history alone, had batch norm. The README describes CSV
 * files like Kaggle's and writes lambda |x - c| unsquared; the code loads Keras's MNIST, 60,000 and 10,000 images, and takes
 * the square.
 *
 * Keras adds Adam's epsilon, 1e-7, before it corrects the second moment for its start; ours is the paper's, 1e-8 after it.
 * Keras cuts probabilities off at 1e-7, so an image whose own class has less has no gradient; ours has that of its logits.
 */
import type { Shared } from "../experiment.ts";

export const KERAS = {
  source: { repository: "machineCYC/SideProjects, 01-CenterLossVisualization" },
  dataset: "mnist",
  recipe: {
    network: "four-convs",
    init: { kind: "xavier-uniform", magnitude: 3, fan: "average" },
    featureDim: 2,
    widthFactor: 1,
    optimizer: { kind: "adam", lr: 1e-3 },
    centers: { init: { uniform: 0.05 } },
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
  // Adam moves a center, and a slope, by about its rate a step: half as many steps do not get there, a higher rate turns slopes
  // negative, which folds the plane of the features.
  quick: { epochs: 8 },
} satisfies Shared;
