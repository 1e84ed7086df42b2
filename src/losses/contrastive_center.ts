/** Contrastive-center loss: near the own center, in proportion to how far the others are. */
import { onlyOptions } from "../base/choice.ts";
import { add, div, mul } from "../ops/binary.ts";
import { type CheckRows, labelsCheck } from "../ops/check_rows.ts";
import { oneHotRows } from "../ops/one_hot.ts";
import { mean, sum } from "../ops/reduce.ts";
import { squaredDistances } from "../ops/squared_distances.ts";
import { where } from "../ops/where.ts";
import { checkDType } from "../tensor/operands.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkBatch, checkCenters, checkPositive } from "./checks.ts";
import { softmaxCrossEntropy } from "./cross_entropy.ts";
import { type Loss, WEIGHT } from "./loss.ts";

const checkLabels = labelsCheck("the contrastive-center loss");

/**
 * Contrastive-center loss (Qi and Su, "Contrastive-center loss for deep neural networks", ICIP 2017, Eq. 4):
 * `1/2 mean d_y / (sum of the other d_j + delta)` of squared distances d. lyakaap/image-feature-learning-pytorch and what was made of
 * it divide the sum over the batch by that over the batch; we divide sample by sample, as the paper does, and take the
 * mean where it sums over the batch.
 *
 * @param features `[rows, dim]`.
 * @param centers `[classes, dim]`.
 * @param labels `[rows]`, `i32`.
 * @returns A scalar without a unit.
 * @throws {TypeError} When the shapes do not fit.
 * @throws {RangeError} For a delta that is not positive; for a label that is no class, here or at the next readback.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { contrastiveCenterLoss, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const features = tensor([[1, 0]]);
 * const centers = tensor([[0, 0], [3, 0], [1, 2]]);
 * const labels = tensor([0], { dtype: "i32" }); // squared distances 1, 4 and 4
 * const loss = await contrastiveCenterLoss(features, centers, labels, { delta: 1 }).item();
 * assertAlmostEquals(loss, 0.5 * 1 / (4 + 4 + 1), 1e-6);
 * ```
 */
export function contrastiveCenterLoss(
  features: Tensor,
  centers: Tensor,
  labels: Tensor,
  options: { delta?: number } = {},
): Tensor {
  const { delta = 1 } = onlyOptions("take contrastiveCenterLoss()", options, ["delta"]),
    act = "the contrastive-center loss";
  checkDType("contrastiveCenterLoss", "f32", { features, centers });
  checkBatch(act, features, labels);
  checkCenters(act, features, centers);
  checkPositive(act, "delta", delta);
  const { own, others } = ownAndOthers(features, centers, labels, checkLabels);
  return mul(0.5, mean(div(own, add(sum(others, { axes: 1 }), delta))));
}

/** Squared distances of samples to their own centers, `[rows]`, and to all others, `[rows, classes]` with 0 at the own. */
export function ownAndOthers(
  features: Tensor,
  centers: Tensor,
  labels: Tensor,
  check: CheckRows,
): { own: Tensor; others: Tensor; mask: Tensor; distances: Tensor } {
  const mask = oneHotRows(labels, centers.shape[0], check);
  const distances = squaredDistances(features, centers);
  return {
    own: sum(where(mask, distances, 0), { axes: 1 }),
    others: where(mask, 0, distances),
    mask,
    distances,
  };
}

/** {@linkcode contrastiveCenterLoss} beside cross-entropy, in a recipe. */
export interface ContrastiveCenterRecipe {
  /** Tells it from the others. */
  kind: "contrast-center";
  /** The factor on it. */
  weight: number;
  /** What is added to the sum of the other distances. */
  delta: number;
}

/** Contrastive-center loss among the losses. */
export const CONTRASTIVE_CENTER = {
  name: "contrastive-center",
  idea:
    "cross-entropy, and the distance to the own center in proportion to those to all other centers",
  formula: "cross-entropy + λ/2 mean d_y / (Σ_{j≠y} d_j + δ), d = |x - c|²",
  source: "Qi and Su, ICIP 2017; lyakaap/image-feature-learning-pytorch",
  branch: "centers",
  evaluation: "logit",
  start: { kind: "contrast-center", weight: 1, delta: 1 },
  settings: {
    weight: WEIGHT,
    delta: {
      flag: "delta",
      what: "what is added to the sum of the other squared distances",
      range: { low: 0, above: true, high: 1e6 },
    },
  },
  row: { featureDim: 2 },
  objective: ({ weight, delta }) => ({
    terms: ["cross_entropy", "contrastive_center"],
    weights: [1, weight],
    centers: "learned",
    readsLogits: true,
    evaluate: ({ features, logits, centers, labels }) => [
      softmaxCrossEntropy(logits, labels),
      contrastiveCenterLoss(features, centers, labels, { delta }),
    ],
  }),
} as const satisfies Loss<ContrastiveCenterRecipe>;
