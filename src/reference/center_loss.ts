import { type Array64, offset, scalar, zeros } from "./array64.ts";

/** The published ways to move the centres, see `centerLossBackward`. */
export type CenterRule = "autograd" | "paper" | "paper/batch" | "balanced";

/**
 * Center loss (Wen et al. 2016, Eq. 2): features x `[batch, d]`, centers c `[classes, d]`,
 * labels y `[batch]`, loss `[]`.
 *
 *     loss = 1/batch sum_i w_i |x_i - c_{y_i}|^2
 *     w_i = 1                       autograd
 *           1/2                     paper, paper/batch
 *           1 / (2 count(y_i))      balanced; count(j) is the number of samples of class j in the batch
 */
export function centerLoss(
  features: Array64,
  centers: Array64,
  labels: ArrayLike<number>,
  rule: CenterRule,
): Array64 {
  const [batch, d] = features.shape;
  const weights = sampleWeights(labels, rule);
  let loss = 0;
  for (let i = 0; i < batch; i++) {
    for (let k = 0; k < d; k++) {
      const difference = features.data[offset(features, i, k)] -
        centers.data[offset(centers, labels[i], k)];
      loss += weights[i] * difference ** 2 / batch;
    }
  }
  return scalar(loss);
}

/**
 * Gradients of the center loss. Those of the features follow the chain rule for every rule:
 *
 *     dx_i = grad 2 w_i (x_i - c_{y_i}) / batch
 *
 * Those of the centers do for autograd and balanced, counts held constant. The paper's (Eq. 4) is none
 * of the loss, and neither `grad` [] nor the loss weight scales it:
 *
 *     dc_j = grad sum_{i: y_i = j} 2 w_i (c_j - x_i) / batch              autograd, balanced
 *     dc_j = sum_{i: y_i = j} (c_j - x_i) / (1 + count(j))                paper
 *     dc_j = sum_{i: y_i = j} (c_j - x_i) / (1 + count(j)) / batch        paper/batch
 */
export function centerLossBackward(
  grad: Array64,
  features: Array64,
  centers: Array64,
  labels: ArrayLike<number>,
  rule: CenterRule,
): { features: Array64; centers: Array64 } {
  const [batch, d] = features.shape;
  const weights = sampleWeights(labels, rule);
  const counts = labelCounts(labels);
  const gradFeatures = zeros(features.shape);
  const gradCenters = zeros(centers.shape);
  for (let i = 0; i < batch; i++) {
    const chain = grad.data[0] * 2 * weights[i] / batch;
    let centerScale = chain;
    if (rule === "paper") centerScale = 1 / (1 + counts.get(labels[i])!);
    if (rule === "paper/batch") centerScale = 1 / (1 + counts.get(labels[i])!) / batch;
    for (let k = 0; k < d; k++) {
      const atX = offset(features, i, k);
      const atC = offset(centers, labels[i], k);
      gradFeatures.data[atX] = chain * (features.data[atX] - centers.data[atC]);
      gradCenters.data[atC] += centerScale * (centers.data[atC] - features.data[atX]);
    }
  }
  return { features: gradFeatures, centers: gradCenters };
}

function sampleWeights(labels: ArrayLike<number>, rule: CenterRule): number[] {
  const counts = labelCounts(labels);
  return Array.from(labels, (label) => {
    if (rule === "autograd") return 1;
    return rule === "balanced" ? 1 / (2 * counts.get(label)!) : 1 / 2;
  });
}

function labelCounts(labels: ArrayLike<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const label of Array.from(labels)) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}
