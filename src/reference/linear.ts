import { type Array64, zeros } from "./array64.ts";
import { matmul, matmulBackward } from "./matmul.ts";

/**
 * Fully connected layer: x `[batch, in]`, weight `[in, out]`, bias `[out]`, y `[batch, out]`.
 *
 *     y[n, o] = sum_i x[n, i] weight[i, o] + bias[o]
 */
export function linear(x: Array64, weight: Array64, bias?: Array64): Array64 {
  const y = matmul(x, weight);
  const outputs = weight.shape[1];
  if (bias) y.data.forEach((_, at) => y.data[at] += bias.data[at % outputs]);
  return y;
}

/**
 * Gradients of `linear` for grad `[batch, out]`:
 *
 *     dx = grad weight^T     dweight = x^T grad     dbias[o] = sum_n grad[n, o]
 */
export function linearBackward(
  grad: Array64,
  x: Array64,
  weight: Array64,
): { x: Array64; weight: Array64; bias: Array64 } {
  const { a: gradX, b: gradWeight } = matmulBackward(grad, x, weight);
  const outputs = weight.shape[1];
  const gradBias = zeros([outputs]);
  grad.data.forEach((value, at) => gradBias.data[at % outputs] += value);
  return { x: gradX, weight: gradWeight, bias: gradBias };
}
