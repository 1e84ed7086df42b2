/** Numbers of one type as numbers of another. */

/** `kernels/cast.wgsl`, to `i32`: without the fraction, the nearest `i32` where it lies outside, 0 for NaN. */
export function castToI32(values: readonly number[]): number[] {
  return values.map((v) =>
    Number.isNaN(v) ? 0 : Math.min(Math.max(Math.trunc(v), -(2 ** 31)), 2 ** 31 - 1) + 0
  );
}

/** `kernels/cast.wgsl`, to `f32`: the nearest `f32`. */
export function castToF32(values: readonly number[]): number[] {
  return values.map(Math.fround);
}
