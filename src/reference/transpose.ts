import { type Array64, indices, offset, zeros } from "./array64.ts";

/**
 * Axes in a new order: axis a of the result is axis `permutation[a]` of x.
 * NCHW to NHWC is `[0, 2, 3, 1]`, OIHW to `[kh, kw, in, out]` is `[2, 3, 1, 0]`.
 *
 *     y[i_{perm[0]}, i_{perm[1]}, ...] = x[i_0, i_1, ...]
 */
export function transpose(x: Array64, permutation: readonly number[]): Array64 {
  const y = zeros(permutation.map((axis) => x.shape[axis]));
  for (const index of indices(x.shape)) {
    y.data[offset(y, ...permutation.map((axis) => index[axis]))] = x.data[offset(x, ...index)];
  }
  return y;
}

/** Gradient for x: `grad` with its axes put back by the inverse permutation. */
export function transposeBackward(grad: Array64, permutation: readonly number[]): Array64 {
  const inverse = permutation.map((_, axis) => permutation.indexOf(axis));
  return transpose(grad, inverse);
}
