import { type Array64, array64, indices, offset, zeros } from "./array64.ts";
import { axesOf } from "./reduce.ts";

/** Where each result is taken from: the first place in row-major order of the axes; a NaN comes before all. */
function winners(x: Array64, axes: readonly number[], sign: 1 | -1) {
  const over = axesOf(x, axes);
  const kept = zeros(x.shape.map((n, axis) => over.has(axis) ? 1 : n));
  const found = new Array<number>(kept.data.length).fill(-1);
  for (const index of indices(x.shape)) {
    const at = offset(kept, ...index.map((i, axis) => over.has(axis) ? 0 : i));
    const place = offset(x, ...index), v = x.data[place], best = x.data[found[at]];
    if (found[at] < 0 || !Number.isNaN(best) && (Number.isNaN(v) || sign * v > sign * best)) {
      found[at] = place;
    }
  }
  return { found, kept: kept.shape, dropped: kept.shape.filter((_, axis) => !over.has(axis)) };
}

/** Largest (`sign` 1) or smallest (-1) element over axes. */
export function extremum(
  x: Array64,
  axes: readonly number[],
  sign: 1 | -1,
  keepDims = false,
): Array64 {
  const { found, kept, dropped } = winners(x, axes, sign);
  return array64(keepDims ? kept : dropped, found.map((place) => x.data[place]));
}

/** All of a result's gradient goes to the element that it was taken from. */
export function extremumBackward(
  grad: Array64,
  x: Array64,
  axes: readonly number[],
  sign: 1 | -1,
): Array64 {
  const gradX = zeros(x.shape);
  winners(x, axes, sign).found.forEach((place, i) => gradX.data[place] += grad.data[i]);
  return gradX;
}
