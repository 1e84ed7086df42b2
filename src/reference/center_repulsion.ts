import { type Array64, array64, scalar } from "./array64.ts";
import { binary } from "./binary.ts";
import { classNumbers, fromCenters } from "./center_loss.ts";
import { gatherBackward } from "./gather.ts";
import { interClassSeparation, interClassSeparationBackward } from "./inter_class_separation.ts";
import { reduceSum } from "./reduce.ts";
import { unary } from "./unary.ts";

/** Weights of the two terms, the exponent's factor, and where the exponent is clamped. */
export interface Repulsion {
  weightIntra: number;
  weightInter: number;
  alpha: number;
  maxExponent?: number;
}

/**
 * Center repulsion (mo-vic/standalone-center-loss's alternative): features x `[batch, d]`, centers c `[classes, d]`, labels
 * y `[batch]`, loss `[]`.
 *
 *     loss = weightIntra/batch sum_i exp(min(e_i, maxExponent))  -  weightInter/classes sum_{i != j} log |c_i - c_j|^2
 *     e_i = alpha |x_i - c_{y_i}|^2
 */
export function centerRepulsion(
  features: Array64,
  centers: Array64,
  labels: ArrayLike<number>,
  { weightIntra, weightInter, alpha, maxExponent = 80 }: Repulsion,
): Array64 {
  const exponents = exponentsOf(features, centers, labels, alpha);
  const intra = exponents.reduce((sum, e) => sum + Math.exp(Math.min(e, maxExponent)), 0);
  const [separation] = interClassSeparation(centers, classNumbers(centers), "log").data;
  return scalar(weightIntra * intra / features.shape[0] - weightInter * separation);
}

/** How many samples have an exponent above the bound. */
export function clampedCount(
  features: Array64,
  centers: Array64,
  labels: ArrayLike<number>,
  { alpha, maxExponent = 80 }: Repulsion,
): number {
  return exponentsOf(features, centers, labels, alpha).filter((e) => e > maxExponent).length;
}

/**
 * Gradients of the center repulsion. The pull is equal and opposite on a sample and on its center; a clamped sample is
 * pulled as the point p_i between it and its center would be whose exponent is the bound:
 *
 *     dx_i = grad weightIntra 2 alpha exp(min(e_i, maxExponent)) p_i / batch
 *     p_i = (x_i - c_{y_i}) sqrt(min(1, maxExponent / e_i))
 */
export function centerRepulsionBackward(
  grad: Array64,
  features: Array64,
  centers: Array64,
  labels: ArrayLike<number>,
  { weightIntra, weightInter, alpha, maxExponent = 80 }: Repulsion,
): { features: Array64; centers: Array64 } {
  const [batch, d] = features.shape;
  const push = scalar(-grad.data[0] * weightInter);
  const repelled = interClassSeparationBackward(push, centers, classNumbers(centers), "log");
  const scales = exponentsOf(features, centers, labels, alpha).map((e) => {
    const nearer = e > maxExponent ? Math.sqrt(maxExponent / e) : 1;
    return grad.data[0] * weightIntra * 2 * alpha * Math.exp(Math.min(e, maxExponent)) / batch *
      nearer;
  });
  const pull = array64(
    features.shape,
    fromCenters(features, centers, labels).data.map((v, at) => scales[Math.floor(at / d)] * v),
  );
  const pulled = gatherBackward(pull, centers.shape, labels);
  return { features: pull, centers: binary("sub", repelled, pulled) };
}

function exponentsOf(
  features: Array64,
  centers: Array64,
  labels: ArrayLike<number>,
  alpha: number,
): number[] {
  const squares = unary("square", fromCenters(features, centers, labels));
  return Array.from(reduceSum(squares, [1]).data, (distance) => alpha * distance);
}
