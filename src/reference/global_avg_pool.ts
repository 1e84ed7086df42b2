import { type Array64, offset, zeros } from "./array64.ts";

/**
 * Mean over the image: x `[batch, height, width, channels]`, y `[batch, channels]`.
 *
 *     y[n, c] = sum_{i, j} x[n, i, j, c] / (height width)
 */
export function globalAvgPool(x: Array64): Array64 {
  const [batch, height, width, channels] = x.shape;
  const y = zeros([batch, channels]);
  for (let n = 0; n < batch; n++) {
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) {
        for (let c = 0; c < channels; c++) {
          y.data[offset(y, n, c)] += x.data[offset(x, n, i, j, c)] / (height * width);
        }
      }
    }
  }
  return y;
}

/** `dx[n, i, j, c] = grad[n, c] / (height width)` for x of shape `xShape`. */
export function globalAvgPoolBackward(grad: Array64, xShape: readonly number[]): Array64 {
  const [batch, height, width, channels] = xShape;
  const gradX = zeros(xShape);
  for (let n = 0; n < batch; n++) {
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) {
        for (let c = 0; c < channels; c++) {
          gradX.data[offset(gradX, n, i, j, c)] = grad.data[offset(grad, n, c)] / (height * width);
        }
      }
    }
  }
  return gradX;
}
