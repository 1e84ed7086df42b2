import type { Experiment } from "./experiment.ts";

/**
 * The demo, a row of our own: cross-entropy and center loss on digits that the program draws itself, small enough for a
 * software adapter. Sizes are chosen so that ten clusters separate within a minute and a half on two cores.
 */
export default {
  id: "cent-digits-2",
  summary: "the demo: cross-entropy + center loss, drawn digits, 2-D",
  dataset: "digits",
  recipe: {
    network: "resnet",
    featureDim: 2,
    widthFactor: 0.25,
    loss: { kind: "center", weight: 1, rule: "autograd" },
    optimizer: { lr: 0.03, momentum: 0.9, weightDecay: 0 },
    batchSize: 8,
    augmentation: { flip: 0, rotation: 0, padding: 0 },
  },
  schedule: { kind: "plateau", mode: "max", factor: 0.2, patience: 10, threshold: 0.1 },
  epochs: 4,
  lastEpochFactor: 0.1,
  trainSize: 1750,
  testSize: 400,
  scoring: "nearest-center",
  seed: 1,
} satisfies Experiment;
