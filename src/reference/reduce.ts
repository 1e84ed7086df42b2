import { type Array64, array64, axisOf, indices, offset, size, zeros } from "./array64.ts";

/** `keepDims` leaves a reduced axis in the shape with size 1; default false. */
export interface ReduceOptions {
  keepDims?: boolean;
}

/** Sum over `axes` (negative counts from the last): x `[2, 3, 4]` over `[0, 2]` gives `[3]`, or `[1, 3, 1]`. */
export function reduceSum(
  x: Array64,
  axes: readonly number[],
  { keepDims = false }: ReduceOptions = {},
): Array64 {
  const reduced = axesOf(x, axes);
  const y = zeros(x.shape.map((length, axis) => reduced.has(axis) ? 1 : length));
  for (const index of indices(x.shape)) {
    y.data[offset(y, ...project(index, reduced))] += x.data[offset(x, ...index)];
  }
  return keepDims ? y : array64(y.shape.filter((_, axis) => !reduced.has(axis)), y.data);
}

/** Mean over `axes`: `reduceSum` divided by the number of elements it adds. */
export function reduceMean(
  x: Array64,
  axes: readonly number[],
  options: ReduceOptions = {},
): Array64 {
  const sum = reduceSum(x, axes, options);
  return array64(sum.shape, sum.data.map((value) => value / countOf(x, axes)));
}

/** Gradient of `reduceSum` for x: each element gets the `grad` of the sum it went into, kept axes or not. */
export function reduceSumBackward(grad: Array64, x: Array64, axes: readonly number[]): Array64 {
  const reduced = axesOf(x, axes);
  const kept = array64(x.shape.map((length, axis) => reduced.has(axis) ? 1 : length), grad.data);
  const gradX = zeros(x.shape);
  for (const index of indices(x.shape)) {
    gradX.data[offset(x, ...index)] = kept.data[offset(kept, ...project(index, reduced))];
  }
  return gradX;
}

/** Gradient of `reduceMean` for x: that of the sum, divided by the number of elements. */
export function reduceMeanBackward(grad: Array64, x: Array64, axes: readonly number[]): Array64 {
  const gradSum = reduceSumBackward(grad, x, axes);
  return array64(x.shape, gradSum.data.map((value) => value / countOf(x, axes)));
}

/** The numbers of axes from the front. */
export function axesOf(x: Array64, axes: readonly number[]): Set<number> {
  return new Set(axes.map((axis) => axisOf(x, axis)));
}

function countOf(x: Array64, axes: readonly number[]): number {
  return size([...axesOf(x, axes)].map((axis) => x.shape[axis]));
}

function project(index: readonly number[], reduced: Set<number>): number[] {
  return index.map((i, axis) => reduced.has(axis) ? 0 : i);
}
