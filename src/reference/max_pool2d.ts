import { type Array64, array64, indices, offset, zeros } from "./array64.ts";

/** A square window of `kernel`; `stride` defaults to kernel, `padding`, less than kernel, to 0. */
export interface MaxPool2dOptions {
  kernel: number;
  stride?: number;
  padding?: number;
}

/**
 * Maximum over windows: x `[batch, height, width, channels]`, y `[batch, outHeight, outWidth, channels]`.
 *
 *     y[n, i, j, c] = max_{u, v < kernel} x[n, i s + u - p, j s + v - p, c]     over places inside the image
 *     outHeight = floor((height + 2p - kernel) / s) + 1
 */
export function maxPool2d(x: Array64, options: MaxPool2dOptions): Array64 {
  const { shape, winners } = maxPool2dWinners(x, options);
  return array64(shape, winners.map((at) => x.data[at]));
}

/** `dx` at the winner of each window gets the window's `grad`; overlapping windows add up. */
export function maxPool2dBackward(
  grad: Array64,
  x: Array64,
  options: MaxPool2dOptions,
): Array64 {
  const gradX = zeros(x.shape);
  const { winners } = maxPool2dWinners(x, options);
  winners.forEach((at, window) => gradX.data[at] += grad.data[window]);
  return gradX;
}

/**
 * The output's shape and, for each output in row-major order, the place in `x.data` of its maximum:
 * the first in row-major window order among equals. Padding never wins.
 */
function maxPool2dWinners(
  x: Array64,
  { kernel, stride = kernel, padding = 0 }: MaxPool2dOptions,
): { shape: number[]; winners: number[] } {
  const [batch, height, width, channels] = x.shape;
  const outHeight = Math.floor((height + 2 * padding - kernel) / stride) + 1;
  const outWidth = Math.floor((width + 2 * padding - kernel) / stride) + 1;
  const shape = [batch, outHeight, outWidth, channels], winners: number[] = [];
  for (const [n, i, j, c] of indices(shape)) {
    let winner = -1;
    for (const [u, v] of indices([kernel, kernel])) {
      const row = i * stride + u - padding, column = j * stride + v - padding;
      if (row < 0 || row >= height || column < 0 || column >= width) continue;
      const at = offset(x, n, row, column, c);
      if (winner < 0 || x.data[at] > x.data[winner]) winner = at;
    }
    winners.push(winner);
  }
  return { shape, winners };
}
