import { type Array64, array64, scalar } from "./array64.ts";
import { binary } from "./binary.ts";
import { gather, gatherBackward } from "./gather.ts";

/** The published ways to move the centres, see `centerLossBackward`. */
export type CenterRule = "autograd" | "paper" | "paper/batch" | "balanced" | "jx-2018" | "plain";

/**
 * Center loss (Wen et al. 2016, Eq. 2): features x `[batch, d]`, centers c `[classes, d]`,
 * labels y `[batch]`, loss `[]`.
 *
 *     loss = sum_i w_i |x_i - c_{y_i}|^2
 *     w_i = 1 / batch                       autograd
 *           1 / (2 batch)                   paper, paper/batch, plain
 *           1 / (2 batch count(y_i))        balanced; count(j) is the number of samples of class j in the batch
 *           1 / (2 (1 + count(y_i)))        jx-2018
 */
export function centerLoss(
  features: Array64,
  centers: Array64,
  labels: ArrayLike<number>,
  rule: CenterRule,
): Array64 {
  const d = features.shape[1], weights = sampleWeights(labels, rule);
  const terms = fromCenters(features, centers, labels).data
    .map((apart, at) => weights[Math.floor(at / d)] * apart ** 2);
  return scalar(terms.reduce((sum, term) => sum + term, 0));
}

/** The labels of the centers themselves: each row is of its own class. */
export function classNumbers(centers: Array64): number[] {
  return Array.from({ length: centers.shape[0] }, (_, j) => j);
}

/** `x_i - c_{y_i}`, as x. */
export function fromCenters(
  features: Array64,
  centers: Array64,
  labels: ArrayLike<number>,
): Array64 {
  return binary("sub", features, gather(centers, labels));
}

/**
 * Gradients of the center loss. Those of the features follow the chain rule for every rule:
 *
 *     dx_i = grad 2 w_i (x_i - c_{y_i})
 *
 * Those of the centers do for autograd, balanced, jx-2018 and plain, counts held constant. The paper's (Eq. 4) is none
 * of the loss, and neither `grad` [] nor the loss weight scales it:
 *
 *     dc_j = grad sum_{i: y_i = j} 2 w_i (c_j - x_i)                      autograd, balanced, jx-2018, plain
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
  const [batch, d] = features.shape, apart = fromCenters(features, centers, labels);
  const weights = sampleWeights(labels, rule), counts = labelCounts(labels);
  const chain = (i: number) => grad.data[0] * 2 * weights[i];
  const centerScale = (i: number) => {
    if (!rule.startsWith("paper")) return chain(i);
    return 1 / (1 + counts.get(labels[i])!) / (rule === "paper" ? 1 : batch);
  };
  const scaled = (scale: (i: number) => number) =>
    array64(features.shape, apart.data.map((value, at) => scale(Math.floor(at / d)) * value));
  const pull = scaled((i) => -centerScale(i));
  return { features: scaled(chain), centers: gatherBackward(pull, centers.shape, labels) };
}

function sampleWeights(labels: ArrayLike<number>, rule: CenterRule): number[] {
  const counts = labelCounts(labels), batch = labels.length;
  return Array.from(labels, (label) => {
    if (rule === "autograd") return 1 / batch;
    if (rule === "balanced") return 1 / (2 * batch * counts.get(label)!);
    if (rule === "jx-2018") return 1 / (2 * (1 + counts.get(label)!));
    return 1 / (2 * batch);
  });
}

function labelCounts(labels: ArrayLike<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const label of Array.from(labels)) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}
