/** CosFace: a margin on the cosine. */
import { onlyOptions } from "../base/choice.ts";
import { checkDType } from "../tensor/operands.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { RAMP } from "./anneal.ts";
import { marginSoftmax } from "./cosine_softmax.ts";
import { type Loss, SCALE } from "./loss.ts";
import { marginObjective } from "./margin_objective.ts";
import { SOFTMAX_SHARE } from "./softmax_first.ts";

/** Options of {@linkcode cosFace} and {@linkcode arcFace}. */
export interface ScaledMarginOptions {
  /** What cosines are multiplied by, above 0. */
  scale: number;
  /** m: subtracted from the cosine, or, in radians, added to the angle. A scalar on the GPU may change from step to step. */
  margin: number | Tensor;
}

/**
 * CosFace, the large margin cosine loss (Wang et al., "CosFace: Large Margin Cosine Loss for Deep Face Recognition", CVPR
 * 2018, Eq. 4): a softmax over `s cos(theta_j)` whose own class has `s (cos(theta) - m)`. Held against CosFaceLoss of
 * KevinMusgrave/pytorch-metric-learning, which LMCL_loss of YirongMao/softmax_variants and AddMarginProduct of
 * ronghuaiyang/arcface-pytorch agree with.
 *
 * @param features `[rows, dim]`.
 * @param weight `[dim, classes]`; lengths do not count, nor do those of features.
 * @param labels `[rows]`, `i32`.
 * @returns A scalar, in nats.
 * @throws {TypeError} When the shapes do not fit.
 * @throws {RangeError} For a scale that is not positive, or a margin that is not finite; for a label that is no class, here or
 * at the next readback.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { cosFace, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const features = tensor([[3, 4]]);
 * const weight = tensor([[1, 0], [0, 2]]);
 * const labels = tensor([1], { dtype: "i32" });
 * const loss = await cosFace(features, weight, labels, { scale: 7, margin: 0.2 }).item();
 * assertAlmostEquals(loss, Math.log(1 + Math.exp(7 * (0.6 - (0.8 - 0.2)))), 1e-5);
 * ```
 */
export function cosFace(
  features: Tensor,
  weight: Tensor,
  labels: Tensor,
  options: ScaledMarginOptions,
): Tensor {
  checkDType("cosFace", "f32", { features, weight });
  const given = [features, weight, labels] as const;
  return marginSoftmax(
    "the CosFace loss",
    "cosine",
    given,
    onlyOptions("take cosFace()", options, ["scale", "margin"]),
  );
}

/** {@linkcode cosFace} in a recipe. */
export interface CosFaceRecipe {
  /** Tells it from the others. */
  kind: "cosface";
  /** What cosines are multiplied by. */
  scale: number;
  /** Subtracted from the own class's cosine. */
  margin: number;
  /** Steps in which the margin rises from 0, after those of the softmax. */
  ramp: number;
  /** Share of the training that begins with a softmax over `|x| cos(theta)`. Default: 0. */
  softmaxShare?: number;
}

/** CosFace among the losses. */
export const COSFACE = {
  name: "CosFace",
  idea: "a softmax over cosines in which the own class has to win by a margin",
  formula: "-log softmax(s cos θ_j), own class s (cos θ_y - m)",
  source: "Wang et al., CVPR 2018; KevinMusgrave/pytorch-metric-learning",
  branch: "angles",
  evaluation: "cosine",
  start: { kind: "cosface", scale: 7, margin: 0.2, ramp: 0, softmaxShare: 0.66 },
  settings: {
    scale: SCALE,
    margin: {
      flag: "margin",
      what: "subtracted from the own class's cosine, m",
      range: { low: 0, high: 2 },
    },
    ramp: RAMP,
    softmaxShare: SOFTMAX_SHARE,
  },
  row: { featureDim: 2 },
  objective: marginObjective("cosface", cosFace),
} as const satisfies Loss<CosFaceRecipe>;
