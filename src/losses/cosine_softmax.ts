/** Softmax over cosines. */
import { onlyOptions } from "../base/choice.ts";
import { mul } from "../ops/binary.ts";
import type { Operand } from "../ops/operand.ts";
import { cosinesOf } from "../model/heads.ts";
import { checkDType } from "../tensor/operands.ts";
import { show } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { angularMargin, type MarginForm } from "./angular_margin.ts";
import { checkBatch, checkClassWeights, checkPositive } from "./checks.ts";
import { cosineObjective } from "./cosine_objective.ts";
import { softmaxCrossEntropy } from "./cross_entropy.ts";
import { type Loss, SCALE } from "./loss.ts";
import { SOFTMAX_SHARE } from "./softmax_first.ts";

/** Options of {@linkcode cosineSoftmax}. */
export interface CosineSoftmaxOptions {
  /** What cosines are multiplied by, above 0; a scalar on the GPU may change from step to step. */
  scale: Operand;
}

/**
 * The softmax cross-entropy of `scale cos(theta)`: of features and weights only the directions count. NormFace (Wang et al.,
 * "NormFace: L2 Hypersphere Embedding for Face Verification", ACM MM 2017, Eq. 6) and COCO (Liu et al., "Rethinking Feature
 * Discrimination and Polymerization for Large-scale Recognition", 2017, Eq. 4) are this, and differ in how they find the scale.
 * Held against NormalizedSoftmaxLoss of KevinMusgrave/pytorch-metric-learning and COCOLoss of YirongMao/softmax_variants,
 * which is NaN for a feature of zeros.
 *
 * @param features `[rows, dim]`; one of zeros has the loss log(classes).
 * @param weight `[dim, classes]`.
 * @param labels `[rows]`, `i32`.
 * @returns A scalar, in nats.
 * @throws {TypeError} When the shapes do not fit, or the scale is a tensor of several numbers.
 * @throws {RangeError} For a scale that is not positive; for a label that is no class, here or at the next readback.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { cosineSoftmax, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const features = tensor([[3, 4]]);
 * const weight = tensor([[1, 0], [0, 2]]);
 * const labels = tensor([1], { dtype: "i32" });
 * const loss = await cosineSoftmax(features, weight, labels, { scale: 10 }).item();
 * assertAlmostEquals(loss, Math.log(1 + Math.exp(10 * (0.6 - 0.8))), 1e-5);
 * ```
 */
export function cosineSoftmax(
  features: Tensor,
  weight: Tensor,
  labels: Tensor,
  options: CosineSoftmaxOptions,
): Tensor {
  const { scale } = onlyOptions("take cosineSoftmax()", options, ["scale"]),
    act = "the cosine softmax";
  checkDType("cosineSoftmax", "f32", { features, weight });
  checkScaled(act, features, weight, labels, scale);
  return softmaxCrossEntropy(mul(scale, cosinesOf(features, weight)), labels);
}

/** The same with a margin on the own class. */
export function marginSoftmax(
  act: string,
  form: MarginForm,
  [features, weight, labels]: readonly [Tensor, Tensor, Tensor],
  { scale, margin }: { scale: Operand; margin: number | Tensor },
): Tensor {
  checkScaled(act, features, weight, labels, scale);
  const cosines = angularMargin(cosinesOf(features, weight), labels, { form, margin });
  return softmaxCrossEntropy(mul(scale, cosines), labels);
}

function checkScaled(
  act: string,
  features: Tensor,
  weight: Tensor,
  labels: Tensor,
  scale: Operand,
): void {
  checkBatch(act, features, labels);
  checkClassWeights(act, features, weight);
  if (!(scale instanceof Tensor)) return checkPositive(act, "scale", scale);
  if (scale.size === 1 && scale.dtype === "f32") return;
  throw new TypeError(
    `Cannot take ${act} with a scale ${scale.dtype} ${
      show(scale.shape)
    }: it must be a number or an f32 scalar`,
  );
}

/** {@linkcode cosineSoftmax} in a recipe, by either name. */
export interface CosineSoftmaxRecipe<Kind extends string> {
  /** Tells it from the others. */
  kind: Kind;
  /** What cosines are multiplied by. */
  scale: number;
  /** Share of the training that begins with a softmax over `|x| cos(theta)`. Default: 0. */
  softmaxShare?: number;
}

type Numbers = Omit<CosineSoftmaxRecipe<string>, "kind">;

const objective = (term: string) => ({ scale, softmaxShare }: Numbers) =>
  cosineObjective({
    ...{ term, scale, softmaxShare },
    evaluate: ({ features, labels, head }) =>
      cosineSoftmax(features, head.weight, labels, { scale }),
  });

/** NormFace among the losses. */
export const NORMFACE = {
  name: "NormFace",
  idea: "a softmax over cosines: features and weights have length 1, times a scale",
  formula: "-log softmax(s cos θ_j)",
  source: "Wang et al., ACM MM 2017; KevinMusgrave/pytorch-metric-learning",
  branch: "angles",
  evaluation: "cosine",
  start: { kind: "normface", scale: 10, softmaxShare: 0.66 },
  settings: { scale: SCALE, softmaxShare: SOFTMAX_SHARE },
  row: { featureDim: 2 },
  objective: objective("normface"),
} as const satisfies Loss<CosineSoftmaxRecipe<"normface">>;

/** COCO among the losses. */
export const COCO = {
  name: "COCO",
  idea: "the same softmax over cosines, with another scale",
  formula: "-log softmax(α cos(x, c_j))",
  source: "Liu et al., 2017; YirongMao/softmax_variants",
  branch: "angles",
  evaluation: "cosine",
  start: { kind: "coco", scale: 6.25, softmaxShare: 0.66 },
  settings: { scale: SCALE, softmaxShare: SOFTMAX_SHARE },
  row: { featureDim: 2 },
  objective: objective("coco"),
} as const satisfies Loss<CosineSoftmaxRecipe<"coco">>;
