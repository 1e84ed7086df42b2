/** The loss of mo-vic/standalone-center-loss: center loss without a softmax beside it. */
import { onlyOptions } from "../base/choice.ts";
import { mul, sub } from "../ops/binary.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { centerLoss } from "./center_loss.ts";
import {
  checkForm,
  interClassSeparation,
  SEPARATION_FORMS,
  type SeparationForm,
  type SeparationOptions,
} from "./inter_class_separation.ts";
import { checkWeights } from "./checks.ts";
import { type Loss, WEIGHT_INTER, WEIGHT_INTRA } from "./loss.ts";

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
  const { weightIntra, weightInter, form, margin } = onlyOptions("take standaloneLoss()", options, [
    "weightIntra",
    "weightInter",
    "form",
    "margin",
  ]);
  checkWeights("the standalone loss", { weightIntra, weightInter });
  const intra = centerLoss(features, centers, labels, { rule: "autograd" });
  const inter = interClassSeparation(features, labels, { form, margin });
  return sub(mul(weightIntra, intra), mul(weightInter, inter));
}

/** {@linkcode standaloneLoss} in a recipe: weightIntra x center loss - weightInter x separation of classes, without a softmax. */
export interface StandaloneRecipe {
  /** Tells it from the others. */
  kind: "standalone";
  /** The factor on the pull. */
  weightIntra: number;
  /** The factor on the separation, which is subtracted. */
  weightInter: number;
  /** What is taken of a pair's squared distance. */
  form: SeparationForm;
  /** Of the form `margin`, which needs one: the squared distance from which on two samples are far enough apart. */
  margin?: number;
}

/** The standalone loss among the losses. */
export const STANDALONE = {
  name: "standalone center loss",
  idea:
    "a pull to the centers and a push between the samples of different classes, without a softmax",
  formula: "a mean |x - c_y|² - b/m Σ_{y_i≠y_j} log(1 + |x_i - x_j|²)",
  source: "mo-vic/standalone-center-loss",
  branch: "centers",
  evaluation: "nearest-center",
  start: { kind: "standalone", weightIntra: 1, weightInter: 0.1, form: "log1p" },
  settings: {
    weightIntra: WEIGHT_INTRA,
    weightInter: WEIGHT_INTER,
    form: { words: SEPARATION_FORMS, what: "push of a pair: log1p, log, or margin" },
    margin: {
      flag: "margin",
      what: "form margin: squared distance from which on nothing pushes",
      range: { low: 0, above: true, high: 1e6 },
      optional: true,
    },
  },
  objective: ({ weightIntra, weightInter, form, margin }) => {
    checkForm('train the loss "standalone"', form, margin);
    return {
      terms: ["intra", "inter"],
      weights: [weightIntra, -weightInter],
      centers: "learned",
      readsLogits: false,
      pairwise: true,
      evaluate: ({ features, centers, labels }) => [
        centerLoss(features, centers, labels, { rule: "autograd" }),
        interClassSeparation(features, labels, { form, margin }),
      ],
    };
  },
} as const satisfies Loss<StandaloneRecipe>;
