/**
 * mo-vic/standalone-center-loss: its table of 18 rows, and two losses that it tried and gave up.
 *
 * Rows of cross-entropy alone have no learned centers: the class means of the epoch's training features take their place.
 * Standalone rows do not train the logits, so samples go to the nearest center. For the separation of classes the README
 * writes log |x_i - x_j|^2, the code log(1 + |x_i - x_j|^2): `form` is the code's.
 *
 * For the two other losses the source has formulas, and neither alpha nor weights: 0.05, 1 and 0.1 are ours, all else is as
 * in its standalone rows. Both pull samples to centers exponentially. Center repulsion adds the repulsion of the centers,
 * -sum over i != j of log |c_i - c_j|^2 / n, and fails beyond MNIST, as the source found. Center softmax adds the softmax
 * loss of a linear layer over the centers. Exponents are clamped at 80, where float32 would soon overflow; the column
 * `clamped` counts them, a batch.
 */
import type { Augmentation } from "../../../src/dataset/augmentation.ts";
import type { DatasetName, Shared } from "../experiment.ts";

const SHARED = {
  source: { repository: "mo-vic/standalone-center-loss" },
  recipe: {
    network: "resnet",
    widthFactor: 1,
    optimizer: { lr: 0.01, momentum: 0.9, weightDecay: 0 },
    batchSize: 128,
  },
  // The source's ReduceLROnPlateau with a relative threshold of 0.1: the rate falls to a fifth after 11 epochs none of
  // which beat the best accuracy by a tenth of it, as none can above 0.909.
  schedule: { kind: "plateau", mode: "max", factor: 0.2, patience: 10, threshold: 0.1 },
  epochs: 100,
  lastEpochFactor: 1,
  seed: 1,
} satisfies Shared;

const on = <Name extends DatasetName>(dataset: Name, augmentation: Augmentation) => ({
  ...SHARED,
  dataset,
  recipe: { ...SHARED.recipe, augmentation },
});

/** Rotated by up to 5 degrees. */
export const MNIST = on("mnist", { flip: 0, rotation: 5, padding: 0 });
/** Flipped, then rotated by up to 5 degrees. */
export const FASHION_MNIST = on("fashion-mnist", { flip: 0.5, rotation: 5, padding: 0 });
/** Flipped, padded by 4 zeros, and cropped at random. */
export const CIFAR_10 = on("cifar-10", { flip: 0.5, rotation: 0, padding: 4 });
