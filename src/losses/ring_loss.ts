/** Ring loss: features are drawn to one length, which is learned. */
import { mul, sub } from "../ops/binary.ts";
import { full } from "../ops/fill.ts";
import { norm } from "../ops/norm.ts";
import { mean } from "../ops/reduce.ts";
import { square } from "../ops/unary.ts";
import type { Entry } from "../model/layer.ts";
import { checkDType } from "../tensor/operands.ts";
import { show } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { softmaxCrossEntropy } from "./cross_entropy.ts";
import { type Loss, type LossLayer, WEIGHT } from "./loss.ts";

/**
 * Ring loss (Zheng et al., "Ring loss: Convex Feature Normalization for Face Recognition", CVPR 2018, Eq. 2):
 * `1/2 mean (|x| - R)^2`. The half is the paper's; YirongMao/softmax_variants leaves it out. R is a parameter like any other;
 * that code starts it at the mean length of the first batch, a recipe of ours at a number.
 *
 * @param features `[rows, dim]`; one of zeros has no gradient.
 * @param radius R, one element.
 * @returns A scalar, in squared units of the features.
 * @throws {TypeError} When the shapes do not fit.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, ringLoss, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const loss = await ringLoss(tensor([[3, 4], [0, 1]]), tensor([2])).item();
 * assertAlmostEquals(loss, ((5 - 2) ** 2 + (1 - 2) ** 2) / 4, 1e-5);
 * ```
 */
export function ringLoss(features: Tensor, radius: Tensor): Tensor {
  checkDType("ringLoss", "f32", { features, radius });
  if (features.shape.length !== 2 || features.shape[0] === 0 || radius.size !== 1) {
    throw new TypeError(
      `Cannot take the ring loss of ${show(features.shape)} with a radius ${
        show(radius.shape)
      }: it needs a matrix with at least one row, and one radius`,
    );
  }
  return mul(0.5, mean(square(sub(norm(features, { axes: 1 }), radius))));
}

/** The radius. */
class Ring implements LossLayer {
  readonly radius: Tensor;

  constructor(radius: number) {
    this.radius = full([1], radius);
    this.radius.requiresGrad = true;
  }

  entries(): Entry[] {
    return [{ name: "radius", tensor: this.radius, trainable: true, torch: { kind: "same" } }];
  }
}

/** {@linkcode ringLoss} beside cross-entropy, in a recipe. */
export interface RingRecipe {
  /** Tells it from the others. */
  kind: "ring";
  /** lambda: the factor on the ring loss. */
  weight: number;
  /** Where the radius starts. */
  radius: number;
}

/** Ring loss among the losses. */
export const RING = {
  name: "Ring loss",
  idea: "cross-entropy, and a pull of every feature to one learned length",
  formula: "cross-entropy + λ/2 mean (|x| - R)²",
  source: "Zheng et al., CVPR 2018; YirongMao/softmax_variants",
  branch: "lengths",
  evaluation: "logit",
  start: { kind: "ring", weight: 0.1, radius: 10 },
  settings: {
    weight: WEIGHT,
    radius: {
      flag: "radius",
      what: "length of features from which the radius starts",
      range: { low: 0, high: 1e4 },
      fixed: true,
    },
  },
  row: { featureDim: 2 },
  objective: ({ weight, radius }) => ({
    terms: ["cross_entropy", "ring"],
    weights: [1, weight],
    centers: "none",
    readsLogits: true,
    layer: () => new Ring(radius),
    evaluate: ({ features, logits, labels, layer }) => [
      softmaxCrossEntropy(logits, labels),
      ringLoss(features, (layer as Ring).radius),
    ],
  }),
} as const satisfies Loss<RingRecipe>;
