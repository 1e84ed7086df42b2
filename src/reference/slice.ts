import { type Array64, indices, offset, zeros } from "./array64.ts";

/**
 * The block `starts[a] <= i_a < ends[a]` of x, one start and end an axis; result `[ends - starts]`.
 *
 *     y[i_0, i_1, ...] = x[starts[0] + i_0, starts[1] + i_1, ...]
 */
export function slice(x: Array64, starts: readonly number[], ends: readonly number[]): Array64 {
  const y = zeros(starts.map((start, axis) => ends[axis] - start));
  for (const index of indices(y.shape)) {
    y.data[offset(y, ...index)] = x.data[offset(x, ...index.map((i, axis) => starts[axis] + i))];
  }
  return y;
}

/** Gradient for x of shape `xShape`: `grad` inside the block, 0 elsewhere. */
export function sliceBackward(
  grad: Array64,
  xShape: readonly number[],
  starts: readonly number[],
): Array64 {
  const gradX = zeros(xShape);
  for (const index of indices(grad.shape)) {
    const inX = index.map((i, axis) => starts[axis] + i);
    gradX.data[offset(gradX, ...inX)] = grad.data[offset(grad, ...index)];
  }
  return gradX;
}
