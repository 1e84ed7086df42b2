/** Axes rounded up to a multiple of four, so that kernels can load them four at a time. */
import { sameShape, type Shape } from "../tensor/shape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { copyBox } from "./copy.ts";
import { zeros } from "./fill.ts";

/** `n` rounded up to a multiple of four. */
export function padded(n: number): number {
  return Math.ceil(n / 4) * 4;
}

/** `x` with the named axes padded by zeros to multiples of four; the same memory when they already are. */
export function padAxes(x: Tensor, axes: readonly number[]): Tensor {
  const shape = x.shape.map((n, i) => axes.includes(i) ? padded(n) : n);
  if (sameShape(shape, x.shape)) return x.alias();
  const y = zeros(shape);
  copyBox(x.shape, { tensor: x }, { tensor: y });
  return y;
}

/** The leading part of `x` of the given shape; takes over `x`. */
export function unpadAxes(x: Tensor, shape: Shape): Tensor {
  if (sameShape(shape, x.shape)) return x;
  const y = empty(shape);
  copyBox(shape, { tensor: x }, { tensor: y });
  x.dispose();
  return y;
}
