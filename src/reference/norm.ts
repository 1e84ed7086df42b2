import { along } from "./along.ts";
import { type Array64, array64 } from "./array64.ts";
import { reduceSum, reduceSumBackward } from "./reduce.ts";

/** `sqrt(sum x^2)` over axes. */
export function norm(x: Array64, axes: readonly number[], keepDims = false): Array64 {
  const squares = array64(x.shape, x.data.map((v) => v * v));
  const { shape, data } = reduceSum(squares, axes, { keepDims });
  return array64(shape, data.map(Math.sqrt));
}

/** `dx = g x / norm`, 0 where the norm is 0. */
export function normBackward(grad: Array64, x: Array64, axes: readonly number[]): Array64 {
  const length = norm(x, axes, true);
  const scale = array64(
    length.shape,
    length.data.map((n, i) => n === 0 ? 0 : grad.data[i] / n),
  );
  const each = reduceSumBackward(scale, x, axes);
  return array64(x.shape, each.data.map((s, i) => s * x.data[i]));
}

const length = (row: number[]) => Math.hypot(...row);

/** `x / max(|x|, eps)` along an axis. */
export function normalize(x: Array64, axis: number, eps = 1e-12): Array64 {
  return along(axis, (row) => {
    const n = Math.max(length(row), eps);
    return row.map((v) => v / n);
  }, x);
}

/** `dx = (g - y (g . y)) / |x|`, and `g / eps` where the length is below eps. */
export function normalizeBackward(
  grad: Array64,
  x: Array64,
  axis: number,
  eps = 1e-12,
): Array64 {
  const backward = (g: number[], row: number[]) => {
    const n = length(row);
    if (n < eps) return g.map((v) => v / eps);
    const dot = row.reduce((sum, v, i) => sum + g[i] * v / n, 0);
    return row.map((v, i) => (g[i] - dot * v / n) / n);
  };
  return along(axis, backward, grad, x);
}
