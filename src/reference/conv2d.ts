import { type Array64, zeros } from "./array64.ts";

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
  const inputs = weight.shape[2];
  eachTap(x, weight, y, options, (atX, atWeight, atY) => {
    for (let c = 0; c < inputs; c++) {
      const value = x.data[atX + c], row = atWeight + c * outputs;
      for (let o = 0; o < outputs; o++) y.data[atY + o] += value * weight.data[row + o];
    }
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
  const gradX = zeros(xShape), [, , inputs, outputs] = weight.shape;
  eachTap(gradX, weight, grad, options, (atX, atWeight, atY) => {
    for (let c = 0; c < inputs; c++) {
      const row = atWeight + c * outputs;
      for (let o = 0; o < outputs; o++) {
        gradX.data[atX + c] += grad.data[atY + o] * weight.data[row + o];
      }
    }
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
  const gradWeight = zeros(weightShape), [, , inputs, outputs] = weightShape;
  eachTap(x, gradWeight, grad, options, (atX, atWeight, atY) => {
    for (let c = 0; c < inputs; c++) {
      const value = x.data[atX + c], row = atWeight + c * outputs;
      for (let o = 0; o < outputs; o++) gradWeight.data[row + o] += grad.data[atY + o] * value;
    }
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
function conv2dShape(
  [batch, height, width]: readonly number[],
  [kh, kw, _, outputs]: readonly number[],
  { stride = 1, padding = 0 }: Conv2dOptions = {},
): number[] {
  const outHeight = Math.floor((height + 2 * padding - kh) / stride) + 1;
  const outWidth = Math.floor((width + 2 * padding - kw) / stride) + 1;
  return [batch, outHeight, outWidth, outputs];
}

/**
 * Calls `visit` once for each output pixel and kernel position that meets a pixel of x, with the places in x, weight and y
 * of their first channels: the loops over channels are the caller's, so that whole networks take seconds.
 */
function eachTap(
  x: Array64,
  weight: Array64,
  y: Array64,
  { stride = 1, padding = 0 }: Conv2dOptions,
  visit: (atX: number, atWeight: number, atY: number) => void,
) {
  const [batch, height, width, inputs] = x.shape;
  const [, outHeight, outWidth, outputs] = y.shape;
  const [kh, kw] = weight.shape;
  for (let pixel = 0; pixel < batch * outHeight * outWidth; pixel++) {
    const n = Math.floor(pixel / (outHeight * outWidth));
    const i = Math.floor(pixel / outWidth) % outHeight, j = pixel % outWidth;
    for (let tap = 0; tap < kh * kw; tap++) {
      const row = i * stride + Math.floor(tap / kw) - padding;
      const column = j * stride + tap % kw - padding;
      if (row < 0 || row >= height || column < 0 || column >= width) continue;
      const atX = ((n * height + row) * width + column) * inputs;
      visit(atX, tap * inputs * outputs, pixel * outputs);
    }
  }
}
