/** Cross-entropy of the class centers themselves. */
import { Linear } from "../model/layers.ts";
import { linear } from "../ops/linear.ts";
import { checkDType } from "../tensor/operands.ts";
import { show } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { classNumbers } from "./class_numbers.ts";
import { centerRepulsionTerms, EXPONENT } from "./center_repulsion.ts";
import { checkAlpha, checkPairs } from "./checks.ts";
import { softmaxCrossEntropy } from "./cross_entropy.ts";
import { type Loss, WEIGHT_INTER, WEIGHT_INTRA } from "./loss.ts";

/**
 * The softmax cross-entropy of a linear layer over the class centers, each center labelled with its own class
 * (mo-vic/standalone-center-loss's other alternative, "an extra fully connected layer over the class centers"):
 *
 *     1/n sum_j -log softmax(c_j weight + bias)[j]
 *
 * It keeps the centers apart where a layer can tell them apart; the samples do not appear in it. Added to a pull of the
 * features towards their centers (`intra` of {@linkcode centerRepulsionTerms}, or {@linkcode centerLoss}) it makes a loss.
 *
 * @param centers `[classes, dim]`.
 * @param weight `[dim, classes]`, as {@linkcode linear} takes it.
 * @param bias `[classes]`. Default: none.
 * @returns A scalar, in nats: log(classes) where the layer sees no difference, 0 at least.
 * @throws {TypeError} When the shapes do not fit.
 * @throws {RangeError} When there are more classes than the adapter holds the pairs of.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { centerSoftmax, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const centers = tensor([[1, 0], [0, 1]]);
 * const weight = tensor([[1, 0], [0, 1]]);
 * const bias = tensor([0, 0]);
 * assertAlmostEquals(await centerSoftmax(centers, weight, bias).item(), Math.log(1 + Math.exp(-1)), 1e-6);
 * ```
 */
export function centerSoftmax(centers: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  checkDType("centerSoftmax", "f32", { centers, weight }, { bias });
  const [classes, dim] = centers.shape;
  const fits = centers.shape.length === 2 && classes > 0 && weight.shape.length === 2 &&
    weight.shape[0] === dim && weight.shape[1] === classes;
  if (!fits) {
    throw new TypeError(
      `Cannot take the softmax of centers ${show(centers.shape)} by a weight ${
        show(weight.shape)
      }: they must be [classes, dim] and [dim, classes]`,
    );
  }
  checkPairs("the center softmax", classes, "classes", "take fewer classes, or another loss");
  return softmaxCrossEntropy(linear(centers, weight, bias), classNumbers(classes));
}

/** {@linkcode centerSoftmax} beside an exponential pull, in a recipe. */
export interface CenterSoftmaxRecipe {
  /** Tells it from the others. */
  kind: "center-softmax";
  /** The factor in the pull's exponent. */
  alpha: number;
  /** The factor on the pull. */
  weightIntra: number;
  /** The factor on the cross-entropy of the centers. */
  weightInter: number;
}

/** The softmax over centers among the losses. */
export const CENTER_SOFTMAX = {
  name: "center softmax",
  idea:
    "an exponential pull to the centers, which a linear layer tells apart; tried and given up by its source",
  formula: "a mean exp(α|x - c_y|²) + b cross-entropy(W c_j, j)",
  source: "mo-vic/standalone-center-loss",
  branch: "centers",
  evaluation: "nearest-center",
  start: { kind: "center-softmax", alpha: 0.05, weightIntra: 1, weightInter: 0.1 },
  settings: { alpha: EXPONENT, weightIntra: WEIGHT_INTRA, weightInter: WEIGHT_INTER },
  objective: ({ alpha, weightIntra, weightInter }) => {
    checkAlpha('train the loss "center-softmax"', alpha);
    return {
      terms: ["intra", "inter"],
      weights: [weightIntra, weightInter],
      counts: ["clamped"],
      centers: "learned",
      readsLogits: false,
      layer: ({ featureDim, classes }, init) => new Linear({ in: featureDim, out: classes }, init),
      evaluate: ({ features, centers, labels, layer }) => {
        const { intra, clamped } = centerRepulsionTerms(features, centers, labels, { alpha });
        const { weight, bias } = layer as Linear;
        return [intra, centerSoftmax(centers, weight, bias), clamped];
      },
    };
  },
} as const satisfies Loss<CenterSoftmaxRecipe>;
