import { type Array64, offset, scalar, zeros } from "./array64.ts";

/**
 * Softmax of each row, the largest logit subtracted first so that no exponential overflows:
 * logits `[batch, classes]`, result alike.
 *
 *     p[n, k] = exp(z[n, k] - max_j z[n, j]) / sum_l exp(z[n, l] - max_j z[n, j])
 */
export function softmax(logits: Array64): Array64 {
  const [batch, classes] = logits.shape;
  const p = zeros(logits.shape);
  for (let n = 0; n < batch; n++) {
    const row = logits.data.subarray(n * classes, (n + 1) * classes);
    const logSum = logSumExp(row);
    row.forEach((z, k) => p.data[offset(p, n, k)] = Math.exp(z - logSum));
  }
  return p;
}

/**
 * Cross-entropy of the softmax, the mean over rows: logits `[batch, classes]`, labels `[batch]`, loss `[]`.
 *
 *     loss = 1/batch sum_n (log sum_k exp z[n, k] - z[n, label_n])
 */
export function softmaxCrossEntropy(logits: Array64, labels: ArrayLike<number>): Array64 {
  const [batch, classes] = logits.shape;
  let loss = 0;
  for (let n = 0; n < batch; n++) {
    const row = logits.data.subarray(n * classes, (n + 1) * classes);
    loss += (logSumExp(row) - row[labels[n]]) / batch;
  }
  return scalar(loss);
}

/** `dz[n, k] = grad (p[n, k] - [k = label_n]) / batch`, with p the softmax and grad `[]`. */
export function softmaxCrossEntropyBackward(
  grad: Array64,
  logits: Array64,
  labels: ArrayLike<number>,
): Array64 {
  const [batch, classes] = logits.shape;
  const gradLogits = softmax(logits);
  for (let n = 0; n < batch; n++) {
    for (let k = 0; k < classes; k++) {
      const at = offset(gradLogits, n, k);
      const target = k === labels[n] ? 1 : 0;
      gradLogits.data[at] = grad.data[0] * (gradLogits.data[at] - target) / batch;
    }
  }
  return gradLogits;
}

/** `log sum_k exp z_k = max + log sum_k exp(z_k - max)`. */
function logSumExp(row: Float64Array): number {
  const max = Math.max(...row);
  let sum = 0;
  for (const z of row) sum += Math.exp(z - max);
  return max + Math.log(sum);
}
