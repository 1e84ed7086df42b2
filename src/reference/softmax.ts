import { along, repeated } from "./along.ts";
import { type Array64, array64, axisOf, size } from "./array64.ts";

const sum = (row: number[]) => row.reduce((a, b) => a + b, 0);

/** `log sum_k exp z_k`, the largest subtracted first unless it is infinite. */
function logSumOf(row: number[]): number {
  const largest = Math.max(...row), shift = Number.isFinite(largest) ? largest : 0;
  return shift + Math.log(sum(row.map((z) => Math.exp(z - shift))));
}

const exponentials = (row: number[], logSum: number) => row.map((z) => Math.exp(z - logSum));

/** `p_k = exp(z_k) / sum_l exp(z_l)` along an axis. */
export function softmax(x: Array64, axis: number): Array64 {
  return along(axis, (row) => exponentials(row, logSumOf(row)), x);
}

/** `dz_k = p_k (g_k - sum_l g_l p_l)`. */
export function softmaxBackward(grad: Array64, x: Array64, axis: number): Array64 {
  const backward = (g: number[], p: number[]) => {
    const dot = sum(g.map((g_l, l) => g_l * p[l]));
    return p.map((p_k, k) => p_k * (g[k] - dot));
  };
  return along(axis, backward, grad, softmax(x, axis));
}

/** `z_k - log sum_l exp(z_l)` along an axis. */
export function logSoftmax(x: Array64, axis: number): Array64 {
  return along(axis, (row) => {
    const logSum = logSumOf(row);
    return row.map((z) => z - logSum);
  }, x);
}

/** `dz_k = g_k - p_k sum_l g_l`. */
export function logSoftmaxBackward(grad: Array64, x: Array64, axis: number): Array64 {
  const backward = (g: number[], p: number[]) => {
    const total = sum(g);
    return p.map((p_k, k) => g[k] - p_k * total);
  };
  return along(axis, backward, grad, softmax(x, axis));
}

/** `log sum_k exp z_k` along an axis, which is left out, or kept with length 1. */
export function logSumExp(x: Array64, axis: number, keepDims = false): Array64 {
  const at = axisOf(x, axis);
  const whole = along(axis, (row) => new Array<number>(row.length).fill(logSumOf(row)), x);
  const inner = size(x.shape.slice(at + 1));
  const kept = whole.data.filter((_, i) => Math.floor(i / inner) % x.shape[at] === 0);
  return array64(keepDims ? x.shape.with(at, 1) : x.shape.toSpliced(at, 1), kept);
}

/** `dz_k = g p_k`. */
export function logSumExpBackward(grad: Array64, x: Array64, axis: number): Array64 {
  const at = axisOf(x, axis);
  const p = softmax(x, axis);
  const g = repeated(array64(x.shape.with(at, 1), grad.data), at, x.shape[at]);
  return array64(x.shape, p.data.map((p_k, i) => p_k * g.data[i]));
}
