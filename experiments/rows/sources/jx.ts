/**
 * jxgu1016/MNIST_center_loss_pytorch: KaiyangZhou's LeNet++ without a bias in the last layer, on MNIST, 2-D features.
 *
 * The last batch of an epoch has 96 images. The source does not test; here every epoch is tested. It sets its rate at the
 * start of an epoch, which came to the same in its PyTorch (before 1.1). Its picture has a frame an epoch on fixed axes, -8
 * to 8. Its centers take S_j / (1 + n_j) / m, never times the loss weight, at rate 0.5: rule `paper/batch`. All that is the
 * script of October 2018; the row `jx-2018` says what was otherwise before.
 */
import type { Shared } from "../experiment.ts";

export const JX = {
  source: { repository: "jxgu1016/MNIST_center_loss_pytorch" },
  dataset: "mnist",
  recipe: {
    network: {
      kind: "lenetpp",
      activation: { kind: "prelu" },
      featureActivation: true,
      outputBias: false,
      lastPool: { kernel: 2, stride: 2 },
    },
    init: { kind: "torch-default" },
    featureDim: 2,
    widthFactor: 1,
    optimizer: { lr: 0.001, momentum: 0.9, weightDecay: 5e-4 },
    centers: {
      init: "normal",
      lr: 0.5,
      momentum: 0,
      weightDecay: 0,
      scheduled: false,
      perWeight: false,
    },
    batchSize: 128,
    lastBatch: "keep",
    normalization: { mean: 0.1307, deviation: 0.3081 },
    augmentation: { flip: 0, rotation: 0, padding: 0 },
  },
  schedule: { kind: "step", stepSize: 20, gamma: 0.8 },
  epochs: 100,
  lastEpochFactor: 1,
  scoring: "logit",
  seed: 1,
  quick: { epochs: 5, lr: 0.01, schedule: { kind: "constant" } },
} satisfies Shared;
