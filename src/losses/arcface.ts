/** ArcFace: a margin on the angle. */
import { onlyOptions } from "../base/choice.ts";
import { checkDType } from "../tensor/operands.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { RAMP } from "./anneal.ts";
import type { ScaledMarginOptions } from "./cosface.ts";
import { marginSoftmax } from "./cosine_softmax.ts";
import { type Loss, SCALE } from "./loss.ts";
import { marginObjective } from "./margin_objective.ts";
import { SOFTMAX_SHARE } from "./softmax_first.ts";

/**
 * ArcFace (Deng et al., "ArcFace: Additive Angular Margin Loss for Deep Face Recognition", CVPR 2019, Eq. 3): a softmax over
 * `s cos(theta_j)` whose own class has `s cos(theta + m)`. Where theta is above `pi - m` that would rise again, and the own
 * class has `s (cos(theta) - m sin(m))`, as in ronghuaiyang/arcface-pytorch and KevinMusgrave/pytorch-metric-learning (it is
 * discontinuous at `theta = pi - m`; 4uiiurz1/pytorch-adacos has no such part). The former's gradient is NaN at cosines of 1
 * and -1; ours is finite.
 *
 * @param features `[rows, dim]`.
 * @param weight `[dim, classes]`; lengths do not count, nor do those of features.
 * @param labels `[rows]`, `i32`.
 * @returns A scalar, in nats.
 * @throws {TypeError} When the shapes do not fit.
 * @throws {RangeError} For a scale that is not positive, or a margin that is not from 0 to pi; for a label that is no class,
 * here or at the next readback.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { arcFace, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const features = tensor([[Math.cos(1), Math.sin(1)]]);
 * const weight = tensor([[2, 0], [0, 1]]);
 * const labels = tensor([0], { dtype: "i32" });
 * const loss = await arcFace(features, weight, labels, { scale: 10, margin: 0.25 }).item();
 * assertAlmostEquals(loss, Math.log(1 + Math.exp(10 * (Math.sin(1) - Math.cos(1.25)))), 1e-4);
 * ```
 */
export function arcFace(
  features: Tensor,
  weight: Tensor,
  labels: Tensor,
  options: ScaledMarginOptions,
): Tensor {
  checkDType("arcFace", "f32", { features, weight });
  const given = [features, weight, labels] as const;
  return marginSoftmax(
    "the ArcFace loss",
    "angle",
    given,
    onlyOptions("take arcFace()", options, ["scale", "margin"]),
  );
}

/** {@linkcode arcFace} in a recipe. */
export interface ArcFaceRecipe {
  /** Tells it from the others. */
  kind: "arcface";
  /** What cosines are multiplied by. */
  scale: number;
  /** Added to the own class's angle, in radians. */
  margin: number;
  /** Steps in which the margin rises from 0, after those of the softmax. */
  ramp: number;
  /** Share of the training that begins with a softmax over `|x| cos(theta)`. Default: 0. */
  softmaxShare?: number;
}

/** ArcFace among the losses. */
export const ARCFACE = {
  name: "ArcFace",
  idea: "a softmax over cosines in which the own class's angle counts as larger by a margin",
  formula: "-log softmax(s cos θ_j), own class s cos(θ_y + m)",
  source: "Deng et al., CVPR 2019; ronghuaiyang/arcface-pytorch",
  branch: "angles",
  evaluation: "cosine",
  start: { kind: "arcface", scale: 10, margin: 0.25, ramp: 0, softmaxShare: 0.66 },
  settings: {
    scale: SCALE,
    margin: {
      flag: "margin",
      what: "added to the own class's angle, in radians, m",
      range: { low: 0, high: 3.14 },
    },
    ramp: RAMP,
    softmaxShare: SOFTMAX_SHARE,
  },
  row: { featureDim: 2 },
  objective: marginObjective("arcface", arcFace),
} as const satisfies Loss<ArcFaceRecipe>;
