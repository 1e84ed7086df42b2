import { type Array64, offset, scalar, zeros } from "./array64.ts";
import { interClassSeparation, interClassSeparationBackward } from "./inter_class_separation.ts";

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
  const gradCenters = interClassSeparationBackward(push, centers, classNumbers(centers), "log");
  const gradFeatures = zeros(features.shape);
  exponentsOf(features, centers, labels, alpha).forEach((e, i) => {
    const nearer = e > maxExponent ? Math.sqrt(maxExponent / e) : 1;
    const chain = 2 * alpha * Math.exp(Math.min(e, maxExponent)) / batch;
    for (let k = 0; k < d; k++) {
      const atX = offset(features, i, k), atC = offset(centers, labels[i], k);
      const p = nearer * (features.data[atX] - centers.data[atC]);
      gradFeatures.data[atX] = grad.data[0] * weightIntra * chain * p;
      gradCenters.data[atC] -= grad.data[0] * weightIntra * chain * p;
    }
  });
  return { features: gradFeatures, centers: gradCenters };
}

/** Each row of the centers is of its own class. */
function classNumbers(centers: Array64): number[] {
  return Array.from({ length: centers.shape[0] }, (_, j) => j);
}

function exponentsOf(
  x: Array64,
  c: Array64,
  labels: ArrayLike<number>,
  alpha: number,
): number[] {
  const [batch, d] = x.shape;
  return Array.from({ length: batch }, (_, i) => {
    let distance = 0;
    for (let k = 0; k < d; k++) {
      distance += (x.data[offset(x, i, k)] - c.data[offset(c, labels[i], k)]) ** 2;
    }
    return alpha * distance;
  });
}
