import { type Array64, size, zeros } from "./array64.ts";

/** Rows of x `[n, ...]` by number: `y[i] = x[rows[i]]`, y `[rows.length, ...]`. A row may come twice. */
export function gather(x: Array64, rows: ArrayLike<number>): Array64 {
  const width = size(x.shape.slice(1));
  const y = zeros([rows.length, ...x.shape.slice(1)]);
  for (let i = 0; i < rows.length; i++) {
    for (let p = 0; p < width; p++) y.data[i * width + p] = x.data[rows[i] * width + p];
  }
  return y;
}

/** Gradient for x of shape `xShape`: `dx[j] = sum_{i: rows[i] = j} grad[i]`. */
export function gatherBackward(
  grad: Array64,
  xShape: readonly number[],
  rows: ArrayLike<number>,
): Array64 {
  const width = size(xShape.slice(1));
  const gradX = zeros(xShape);
  for (let i = 0; i < rows.length; i++) {
    for (let p = 0; p < width; p++) gradX.data[rows[i] * width + p] += grad.data[i * width + p];
  }
  return gradX;
}
