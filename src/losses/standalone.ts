/** The loss of mo-vic/standalone-center-loss: center loss without a softmax beside it. */
import { mul, sub } from "../ops/binary.ts";
import { optionsOf } from "../tensor/setting.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { centerLoss } from "./center_loss.ts";
import { interClassSeparation, type SeparationOptions } from "./inter_class_separation.ts";
import { checkWeights } from "./checks.ts";

/** Options of {@linkcode standaloneLoss}. */
export interface StandaloneOptions extends SeparationOptions {
  /** Factor on the pull towards the centers, a {@linkcode centerLoss} by rule `autograd`. */
  weightIntra: number;
  /** Factor on the {@linkcode interClassSeparation}, which is subtracted. */
  weightInter: number;
}

/**
 * Standalone center loss (mo-vic/standalone-center-loss): features are pulled towards the center of their class and pushed
 * away from those of other classes, and no cross-entropy is needed:
 *
 *     weightIntra 1/m sum_i |x_i - c_yi|^2  -  weightInter 1/m sum_{i, j: y_i != y_j} log(1 + |x_i - x_j|^2)
 *
 * over the batch of m samples and its ordered pairs. The README of the source writes `log |x_i - x_j|^2`; its code computes
 * `log(1 + |x_i - x_j|^2)`. The default is the code's; `form: "log"` is the README's, which is infinite where two samples
 * of different classes coincide, and `form: "margin"` what it says of a margin. For the two terms by themselves, call {@linkcode centerLoss} and
 * {@linkcode interClassSeparation}: this function is no more than their difference.
 *
 * @param features `[batch, dim]`.
 * @param centers `[classes, dim]`, parameters.
 * @param labels `[batch]`, `i32`.
 * @returns A scalar without a lower bound: as classes move apart it falls, ever more slowly.
 * @throws {TypeError} When the shapes do not fit.
 * @throws {RangeError} For an unknown form, or a margin that does not go with it; for a label that is no class, here or at the next readback.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, standaloneLoss, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const features = tensor([[3, 4], [1, 0]]);
 * const centers = tensor([[0, 0], [1, 1]]);
 * const labels = tensor([0, 1], { dtype: "i32" });
 * const loss = standaloneLoss(features, centers, labels, { weightIntra: 1, weightInter: 0.1 });
 * // |x - c|^2 is 25 and 1; |x_0 - x_1|^2 is 20, and both orders count.
 * assertAlmostEquals(await loss.item(), (25 + 1) / 2 - 0.1 * (2 * Math.log(1 + 20)) / 2, 1e-5);
 * ```
 */
export function standaloneLoss(
  features: Tensor,
  centers: Tensor,
  labels: Tensor,
  options: StandaloneOptions,
): Tensor {
  const { weightIntra, weightInter, form, margin } = optionsOf(options);
  checkWeights("the standalone loss", { weightIntra, weightInter });
  const intra = centerLoss(features, centers, labels, { rule: "autograd" });
  const inter = interClassSeparation(features, labels, { form, margin });
  return sub(mul(weightIntra, intra), mul(weightInter, inter));
}
