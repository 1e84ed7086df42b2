import { type Array64, indices, offset, zeros } from "./array64.ts";

/**
 * Squared distance of every row to every center: x `[n, d]`, c `[k, d]`, result `[n, k]`.
 *
 *     y[i, j] = sum_p (x[i, p] - c[j, p])^2
 */
export function squaredDistances(x: Array64, c: Array64): Array64 {
  const y = zeros([x.shape[0], c.shape[0]]);
  for (const [i, j, p] of indices([...y.shape, x.shape[1]])) {
    y.data[offset(y, i, j)] += (x.data[offset(x, i, p)] - c.data[offset(c, j, p)]) ** 2;
  }
  return y;
}

/** `dx_i = sum_j 2 grad[i, j] (x_i - c_j)` and `dc_j = sum_i 2 grad[i, j] (c_j - x_i)`. */
export function squaredDistancesBackward(
  grad: Array64,
  x: Array64,
  c: Array64,
): { x: Array64; c: Array64 } {
  const gradX = zeros(x.shape), gradC = zeros(c.shape);
  for (const [i, j, p] of indices([...grad.shape, x.shape[1]])) {
    const difference = x.data[offset(x, i, p)] - c.data[offset(c, j, p)];
    gradX.data[offset(x, i, p)] += 2 * grad.data[offset(grad, i, j)] * difference;
    gradC.data[offset(c, j, p)] -= 2 * grad.data[offset(grad, i, j)] * difference;
  }
  return { x: gradX, c: gradC };
}
