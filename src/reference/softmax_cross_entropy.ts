import { type Array64, array64, scalar } from "./array64.ts";
import { logSoftmax, softmax } from "./softmax.ts";

/**
 * Cross-entropy of the softmax, the mean over rows: logits `[batch, classes]`, labels `[batch]`, loss `[]`.
 *
 *     loss = 1/batch sum_n (log sum_k exp z[n, k] - z[n, label_n])
 */
export function softmaxCrossEntropy(logits: Array64, labels: ArrayLike<number>): Array64 {
  const [batch, classes] = logits.shape, { data } = logSoftmax(logits, 1);
  let loss = 0;
  for (let n = 0; n < batch; n++) loss -= data[n * classes + labels[n]] / batch;
  return scalar(loss);
}

/** `dz[n, k] = grad (p[n, k] - [k = label_n]) / batch`, with p the softmax and grad `[]`. */
export function softmaxCrossEntropyBackward(
  grad: Array64,
  logits: Array64,
  labels: ArrayLike<number>,
): Array64 {
  const [batch, classes] = logits.shape, p = softmax(logits, 1);
  for (let n = 0; n < batch; n++) p.data[n * classes + labels[n]] -= 1;
  return array64(logits.shape, p.data.map((value) => grad.data[0] * value / batch));
}
