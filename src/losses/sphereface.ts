/** SphereFace: the own class's angle is multiplied, and weights have length 1. */
import { onlyOptions } from "../base/choice.ts";
import { mul } from "../ops/binary.ts";
import { norm } from "../ops/norm.ts";
import { cosinesOf, UnitHead } from "../model/heads.ts";
import { checkDType } from "../tensor/operands.ts";
import type { Tensor } from "../tensor/tensor.ts";
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
import { MULTIPLE, type MultipleMarginOptions } from "./l_softmax.ts";
import type { Loss } from "./loss.ts";

/**
 * SphereFace's A-Softmax (Liu et al., "SphereFace: Deep Hypersphere Embedding for Face Recognition", CVPR 2017, Eq. 6 and
 * 7): a softmax over `|x| cos(theta_j)` whose own class has `|x| psi(theta)`, psi as in {@linkcode largeMarginSoftmax}.
 * clcarwin/sphereface_pytorch and ronghuaiyang/arcface-pytorch compute the same and anneal lambda otherwise; recipes anneal it
 * as the former does, from 1500 / (1 + 0.1 step) down to 5.
 *
 * @param features `[rows, dim]`; one of zeros has the loss log(classes) and no gradient.
 * @param weight `[dim, classes]`; lengths do not count.
 * @param labels `[rows]`, `i32`.
 * @returns A scalar, in nats.
 * @throws {TypeError} When the shapes do not fit.
 * @throws {RangeError} For a margin that is no whole number from 1 to 8, or a lambda below 0; for a label that is no class, here or at the next
 * readback.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, sphereFace, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const features = tensor([[2 * Math.cos(0.5), 2 * Math.sin(0.5)]]);
 * const weight = tensor([[3, 0], [0, 1]]);
 * const labels = tensor([0], { dtype: "i32" });
 * const loss = await sphereFace(features, weight, labels, { margin: 2, lambda: 1 }).item();
 * const own = 2 * (Math.cos(0.5) + Math.cos(1)) / 2, other = 2 * Math.sin(0.5);
 * assertAlmostEquals(loss, Math.log(1 + Math.exp(other - own)), 1e-5);
 * ```
 */
export function sphereFace(
  features: Tensor,
  weight: Tensor,
  labels: Tensor,
  options: MultipleMarginOptions,
): Tensor {
  const { margin, lambda = 0 } = onlyOptions("take sphereFace()", options, ["margin", "lambda"]),
    act = "the SphereFace loss";
  checkDType("sphereFace", "f32", { features, weight });
  checkBatch(act, features, labels);
  checkClassWeights(act, features, weight);
  if (typeof lambda === "number") checkNotNegative(act, "lambda", lambda);
  const cosines = multipliedAngle(cosinesOf(features, weight), labels, margin, lambda);
  return softmaxCrossEntropy(mul(norm(features, { axes: 1, keepDims: true }), cosines), labels);
}

/** {@linkcode sphereFace} in a recipe. */
export interface SphereFaceRecipe extends Annealing {
  /** Tells it from the others. */
  kind: "sphereface";
  /** What the own class's angle is multiplied by. */
  margin: number;
}

/** SphereFace among the losses. */
export const SPHEREFACE = {
  name: "SphereFace",
  idea: "L-Softmax with weights of length 1, so that angles alone part the classes",
  formula: "-log softmax(|x| cos θ_j), own class |x| ψ(θ_y), ψ(θ) = (-1)^k cos mθ - 2k",
  source: "Liu et al., CVPR 2017; clcarwin/sphereface_pytorch",
  branch: "angles",
  evaluation: "logit",
  start: { kind: "sphereface", margin: 4, ...ANNEALING },
  settings: { margin: MULTIPLE, ...ANNEALING_SETTINGS },
  row: { featureDim: 2 },
  objective: ({ margin, ...annealing }) => ({
    terms: ["sphereface"],
    weights: [1],
    centers: "none",
    readsLogits: true,
    head: (sizes, init) => new UnitHead(sizes, init),
    layer: () => new StepCounter(),
    evaluate: ({ features, labels, head, layer, training }) => {
      const lambda = lambdaAt((layer as StepCounter).next(training), annealing);
      return [sphereFace(features, head.weight, labels, { margin, lambda })];
    },
  }),
} as const satisfies Loss<SphereFaceRecipe>;
