import type { Array64 } from "./array64.ts";
import { classNumbers } from "./center_loss.ts";
import { linear, linearBackward } from "./linear.ts";
import { softmaxCrossEntropy, softmaxCrossEntropyBackward } from "./softmax_cross_entropy.ts";

/**
 * Cross-entropy of a linear layer over the class centres (mo-vic/standalone-center-loss's other alternative): centers c
 * `[classes, d]`, weight `[d, classes]`, bias `[classes]`, loss `[]`.
 *
 *     loss = 1/classes sum_j -log softmax(c_j weight + bias)[j]
 */
export function centerSoftmax(centers: Array64, weight: Array64, bias?: Array64): Array64 {
  return softmaxCrossEntropy(linear(centers, weight, bias), classNumbers(centers));
}

/** The cross-entropy's gradient for the logits, carried through the layer. */
export function centerSoftmaxBackward(
  grad: Array64,
  centers: Array64,
  weight: Array64,
  bias?: Array64,
): { centers: Array64; weight: Array64; bias: Array64 } {
  const logits = linear(centers, weight, bias);
  const gradLogits = softmaxCrossEntropyBackward(grad, logits, classNumbers(centers));
  const { x, ...layer } = linearBackward(gradLogits, centers, weight);
  return { centers: x, ...layer };
}
