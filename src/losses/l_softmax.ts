/** Large-margin softmax: the own class's angle is multiplied, and lengths still count. */
import { onlyOptions } from "../base/choice.ts";
import { mul } from "../ops/binary.ts";
import { norm } from "../ops/norm.ts";
import type { Operand } from "../ops/operand.ts";
import { cosinesOf, ProductHead } from "../model/heads.ts";
import { checkDType } from "../tensor/operands.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { MOST_MULTIPLE } from "./angular_margin.ts";
import {
  ANNEALING,
  type Annealing,
  ANNEALING_SETTINGS,
  lambdaAt,
  multipliedAngle,
  StepCounter,
} from "./anneal.ts";
import { checkBatch, checkClassWeights, checkNotNegative } from "./checks.ts";
import { softmaxCrossEntropy } from "./cross_entropy.ts";
import type { Loss, NumberSetting } from "./loss.ts";

/** Options of {@linkcode largeMarginSoftmax} and {@linkcode sphereFace}. */
export interface MultipleMarginOptions {
  /** What the own class's angle is multiplied by, a whole number from 1 to 8. */
  margin: number;
  /** The own logit is `(lambda cos + psi) / (1 + lambda)` times the lengths. Default: 0. A scalar on the GPU may change. */
  lambda?: Operand;
}

/**
 * L-Softmax (Liu et al., "Large-Margin Softmax Loss for Convolutional Neural Networks", ICML 2016, Eq. 4 to 6): a softmax
 * whose own class has the logit `|w| |x| psi(theta)`, `psi(theta) = (-1)^k cos(m theta) - 2k` on `[k pi/m, (k+1) pi/m]`, in
 * place of `|w| |x| cos(theta)`. Held against LargeMarginSoftmaxLoss of KevinMusgrave/pytorch-metric-learning.
 *
 * @param features `[rows, dim]`; one of zeros has the loss log(classes) and no gradient.
 * @param weight `[dim, classes]`.
 * @param labels `[rows]`, `i32`.
 * @returns A scalar, in nats.
 * @throws {TypeError} When the shapes do not fit.
 * @throws {RangeError} For a margin that is no whole number from 1 to 8, or a lambda below 0; for a label that is no class, here or at the next
 * readback.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { largeMarginSoftmax, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const features = tensor([[2 * Math.cos(0.5), 2 * Math.sin(0.5)]]);
 * const weight = tensor([[1, 0], [0, 1]]);
 * const labels = tensor([0], { dtype: "i32" });
 * const loss = await largeMarginSoftmax(features, weight, labels, { margin: 2 }).item();
 * const own = 2 * Math.cos(2 * 0.5), other = 2 * Math.sin(0.5);
 * assertAlmostEquals(loss, Math.log(1 + Math.exp(other - own)), 1e-5);
 * ```
 */
export function largeMarginSoftmax(
  features: Tensor,
  weight: Tensor,
  labels: Tensor,
  options: MultipleMarginOptions,
): Tensor {
  const { margin, lambda = 0 } = onlyOptions("take largeMarginSoftmax()", options, [
      "margin",
      "lambda",
    ]),
    act = "the large-margin softmax";
  checkDType("largeMarginSoftmax", "f32", { features, weight });
  checkBatch(act, features, labels);
  checkClassWeights(act, features, weight);
  if (typeof lambda === "number") checkNotNegative(act, "lambda", lambda);
  const lengths = mul(
    norm(features, { axes: 1, keepDims: true }),
    norm(weight, { axes: 0, keepDims: true }),
  );
  const cosines = multipliedAngle(cosinesOf(features, weight), labels, margin, lambda);
  return softmaxCrossEntropy(mul(lengths, cosines), labels);
}

/** {@linkcode largeMarginSoftmax} in a recipe. */
export interface LSoftmaxRecipe extends Annealing {
  /** Tells it from the others. */
  kind: "l-softmax";
  /** What the own class's angle is multiplied by. */
  margin: number;
}

/** What an angle is multiplied by. */
export const MULTIPLE = {
  flag: "margin",
  what: "what the own class's angle is multiplied by, m",
  range: { whole: true, low: 1, high: MOST_MULTIPLE },
} as const satisfies NumberSetting;

/** L-Softmax among the losses. */
export const L_SOFTMAX = {
  name: "L-Softmax",
  idea:
    "a softmax in which the own class's angle is multiplied, so that it must be m times as small",
  formula: "-log softmax(|w_j| |x| cos θ_j), own class |w_y| |x| ψ(θ_y), ψ(θ) = (-1)^k cos mθ - 2k",
  source: "Liu et al., ICML 2016; KevinMusgrave/pytorch-metric-learning",
  branch: "angles",
  evaluation: "logit",
  start: { kind: "l-softmax", margin: 2, ...ANNEALING },
  settings: { margin: MULTIPLE, ...ANNEALING_SETTINGS },
  row: { featureDim: 2 },
  objective: ({ margin, ...annealing }) => ({
    terms: ["l_softmax"],
    weights: [1],
    centers: "none",
    readsLogits: true,
    head: (sizes, init) => new ProductHead(sizes, init),
    layer: () => new StepCounter(),
    evaluate: ({ features, labels, head, layer, training }) => {
      const lambda = lambdaAt((layer as StepCounter).next(training), annealing);
      return [largeMarginSoftmax(features, head.weight, labels, { margin, lambda })];
    },
  }),
} as const satisfies Loss<LSoftmaxRecipe>;
