/** A training run as the experiments have it, on drawn digits and without files: for what is measured of whole epochs. */
import { Trainer } from "../src/train/trainer.ts";
import { drawDigits } from "../data/drawn/digits.ts";
import type { NetworkName } from "./works/networks.ts";

/** Sizes of a {@linkcode steadyTrainer}. */
export interface SteadySizes {
  network: NetworkName;
  /** Images a step. */
  batch: number;
  /** Steps an epoch. */
  steps: number;
  /** Images of the evaluation after each epoch. */
  testCount: number;
}

/** A trainer on images of MNIST's size, at a rate too small to move anything. */
export function steadyTrainer({ network, batch, steps, testCount }: SteadySizes): Trainer {
  return new Trainer(
    {
      network,
      featureDim: 2,
      widthFactor: 1,
      loss: { kind: "center", weight: 1, rule: "autograd" },
      optimizer: { lr: 1e-6, momentum: 0.9, weightDecay: 0 },
      batchSize: batch,
      augmentation: { flip: 0, rotation: 5, padding: 0 },
      seed: 1,
    },
    drawDigits({ count: batch * steps, seed: 1, split: "train" }),
    drawDigits({ count: testCount, seed: 1, split: "test" }),
  );
}
