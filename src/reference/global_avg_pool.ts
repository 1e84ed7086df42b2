import { type Array64, zeros } from "./array64.ts";
import { reduceMean, reduceMeanBackward } from "./reduce.ts";

/**
 * Mean over the image: x `[batch, height, width, channels]`, y `[batch, channels]`.
 *
 *     y[n, c] = sum_{i, j} x[n, i, j, c] / (height width)
 */
export function globalAvgPool(x: Array64): Array64 {
  return reduceMean(x, [1, 2]);
}

/** `dx[n, i, j, c] = grad[n, c] / (height width)` for x of shape `xShape`. */
export function globalAvgPoolBackward(grad: Array64, xShape: readonly number[]): Array64 {
  return reduceMeanBackward(grad, zeros(xShape), [1, 2]);
}
