import { type Array64, offset, zeros } from "./array64.ts";

/** The same stride (default 1) and zero padding (default 0) along height and width. */
export interface Conv2dOptions {
  stride?: number;
  padding?: number;
}

/**
 * Cross-correlation, as networks call convolution: x `[batch, height, width, in]`,
 * weight `[kh, kw, in, out]`, bias `[out]`, y `[batch, outHeight, outWidth, out]`.
 *
 *     y[n, i, j, o] = bias[o] + sum_{u, v, c} x[n, i s + u - p, j s + v - p, c] weight[u, v, c, o]
 *     outHeight = floor((height + 2p - kh) / s) + 1,  x is 0 outside the image
 */
export function conv2d(
  x: Array64,
  weight: Array64,
  bias?: Array64,
  options: Conv2dOptions = {},
): Array64 {
  const y = zeros(conv2dShape(x.shape, weight.shape, options));
  const outputs = weight.shape[3];
  if (bias) y.data.forEach((_, at) => y.data[at] = bias.data[at % outputs]);
  eachProduct(x, weight, y, options, (atX, atWeight, atY) => {
    y.data[atY] += x.data[atX] * weight.data[atWeight];
  });
  return y;
}

/** Gradient for x of shape `xShape`: each product of the forward sum gives `dx += grad weight`. */
export function conv2dInputGradient(
  grad: Array64,
  weight: Array64,
  xShape: readonly number[],
  options: Conv2dOptions = {},
): Array64 {
  const gradX = zeros(xShape);
  eachProduct(gradX, weight, grad, options, (atX, atWeight, atY) => {
    gradX.data[atX] += grad.data[atY] * weight.data[atWeight];
  });
  return gradX;
}

/** Gradient for weight of shape `weightShape`: each product gives `dweight += grad x`. */
export function conv2dWeightGradient(
  grad: Array64,
  x: Array64,
  weightShape: readonly number[],
  options: Conv2dOptions = {},
): Array64 {
  const gradWeight = zeros(weightShape);
  eachProduct(x, gradWeight, grad, options, (atX, atWeight, atY) => {
    gradWeight.data[atWeight] += grad.data[atY] * x.data[atX];
  });
  return gradWeight;
}

/** Gradient for bias: `dbias[o] = sum_{n, i, j} grad[n, i, j, o]`. */
export function conv2dBiasGradient(grad: Array64): Array64 {
  const outputs = grad.shape[3];
  const gradBias = zeros([outputs]);
  grad.data.forEach((value, at) => gradBias.data[at % outputs] += value);
  return gradBias;
}

/** Shape of the output, `[batch, outHeight, outWidth, out]`. */
export function conv2dShape(
  [batch, height, width]: readonly number[],
  [kh, kw, _, outputs]: readonly number[],
  { stride = 1, padding = 0 }: Conv2dOptions = {},
): number[] {
  const outHeight = Math.floor((height + 2 * padding - kh) / stride) + 1;
  const outWidth = Math.floor((width + 2 * padding - kw) / stride) + 1;
  return [batch, outHeight, outWidth, outputs];
}

/** Calls `visit` with the places in x, weight and y of every product of the forward sum. */
function eachProduct(
  x: Array64,
  weight: Array64,
  y: Array64,
  { stride = 1, padding = 0 }: Conv2dOptions,
  visit: (atX: number, atWeight: number, atY: number) => void,
) {
  const [batch, outHeight, outWidth, outputs] = y.shape;
  const [kh, kw, inputs] = weight.shape;
  for (let n = 0; n < batch; n++) {
    for (let i = 0; i < outHeight; i++) {
      for (let j = 0; j < outWidth; j++) {
        for (let u = 0; u < kh; u++) {
          for (let v = 0; v < kw; v++) {
            const row = i * stride + u - padding;
            const column = j * stride + v - padding;
            if (row < 0 || row >= x.shape[1] || column < 0 || column >= x.shape[2]) continue;
            for (let c = 0; c < inputs; c++) {
              for (let o = 0; o < outputs; o++) {
                visit(
                  offset(x, n, row, column, c),
                  offset(weight, u, v, c, o),
                  offset(y, n, i, j, o),
                );
              }
            }
          }
        }
      }
    }
  }
}
