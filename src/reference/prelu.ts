import { type Array64, zeros } from "./array64.ts";

/**
 * Parametric ReLU (He et al. 2015, Eq. 1): x `[..., channels]`, weight `[1]` or `[channels]`, y as x.
 *
 *     y = x              where x > 0
 *         weight[c] x    elsewhere
 */
export function prelu(x: Array64, weight: Array64): Array64 {
  const y = zeros(x.shape);
  x.data.forEach((value, at) => {
    y.data[at] = value > 0 ? value : weight.data[at % weight.data.length] * value;
  });
  return y;
}

/**
 * Gradients of `prelu`; the derivative at x = 0 is weight, as PyTorch has it.
 *
 *     dx = grad (x > 0 ? 1 : weight[c])     dweight[c] = sum_{x <= 0} grad x
 */
export function preluBackward(
  grad: Array64,
  x: Array64,
  weight: Array64,
): { x: Array64; weight: Array64 } {
  const gradX = zeros(x.shape);
  const gradWeight = zeros(weight.shape);
  x.data.forEach((value, at) => {
    const c = at % weight.data.length;
    gradX.data[at] = grad.data[at] * (value > 0 ? 1 : weight.data[c]);
    if (value <= 0) gradWeight.data[c] += grad.data[at] * value;
  });
  return { x: gradX, weight: gradWeight };
}
