/** Git loss: center loss that pushes samples away from the other centers. */
import { add, div, mul } from "../ops/binary.ts";
import { labelsCheck } from "../ops/check_rows.ts";
import { sum } from "../ops/reduce.ts";
import { where } from "../ops/where.ts";
import { checkDType } from "../tensor/operands.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { centerLoss } from "./center_loss.ts";
import { checkBatch, checkCenters } from "./checks.ts";
import { ownAndOthers } from "./contrastive_center.ts";
import { softmaxCrossEntropy } from "./cross_entropy.ts";
import { type Loss, WEIGHT, WEIGHT_INTER } from "./loss.ts";

const checkLabels = labelsCheck("the Git loss");

/**
 * What Git loss adds to center loss (after Calefati et al., "Git Loss for Deep Face Recognition", BMVC 2018, Eq. 5): the mean
 * of `1 / (1 + |x_i - c_j|^2)` over all samples and the centers of all other classes. The paper sums over pairs of samples of
 * the batch, i and another one, and takes the center of the other's class: a class counts once a sample, and where both are
 * of one class a sample is pushed from its own center. Here each other class counts once, and the own one does not. The
 * authors' code (kjanjua26/Git-Loss-For-Deep-Face-Recognition) has the paper's pairs, and takes `1 / (1 + d_k^2)` for each
 * coordinate k instead of summing the squares first.
 *
 * @param features `[rows, dim]`.
 * @param centers `[classes, dim]`.
 * @param labels `[rows]`, `i32`.
 * @returns A scalar without a unit, from 0 to 1; 0 where there is one class.
 * @throws {TypeError} When the shapes do not fit.
 * @throws {RangeError} For a label that is no class, here or at the next readback.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { gitSeparation, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const centers = tensor([[0, 0], [3, 0], [1, 1]]);
 * const labels = tensor([0], { dtype: "i32" });
 * const separation = await gitSeparation(tensor([[1, 0]]), centers, labels).item();
 * assertAlmostEquals(separation, (1 / (1 + 4) + 1 / (1 + 1)) / 2, 1e-6);
 * ```
 */
export function gitSeparation(features: Tensor, centers: Tensor, labels: Tensor): Tensor {
  const act = "the Git loss";
  checkDType("gitSeparation", "f32", { features, centers });
  checkBatch(act, features, labels);
  checkCenters(act, features, centers);
  const { mask, others } = ownAndOthers(features, centers, labels, checkLabels);
  const pairs = features.shape[0] * Math.max(centers.shape[0] - 1, 1);
  return mul(sum(where(mask, 0, div(1, add(others, 1)))), 1 / pairs);
}

/** Git loss beside cross-entropy, in a recipe. */
export interface GitRecipe {
  /** Tells it from the others. */
  kind: "git";
  /** lambda_c: the factor on center loss. */
  weight: number;
  /** lambda_g: the factor on the push. */
  weightInter: number;
}

/** Git loss among the losses. */
export const GIT = {
  name: "Git loss",
  idea: "center loss, and a push away from the other centers that fades with the distance",
  formula: "cross-entropy + λ_c ½ mean |x - c_y|² + λ_g mean_{j≠y} 1 / (1 + |x - c_j|²)",
  source: "Calefati et al., BMVC 2018; kjanjua26/Git-Loss-For-Deep-Face-Recognition",
  branch: "centers",
  evaluation: "logit",
  start: { kind: "git", weight: 1, weightInter: 1 },
  settings: { weight: WEIGHT, weightInter: WEIGHT_INTER },
  row: { featureDim: 2 },
  objective: ({ weight, weightInter }) => ({
    terms: ["cross_entropy", "center", "git"],
    weights: [1, weight, weightInter],
    centers: "learned",
    readsLogits: true,
    evaluate: ({ features, logits, centers, labels }) => [
      softmaxCrossEntropy(logits, labels),
      centerLoss(features, centers, labels, { rule: "plain" }),
      gitSeparation(features, centers, labels),
    ],
  }),
} as const satisfies Loss<GitRecipe>;
