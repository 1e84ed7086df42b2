import { type Array64, array64, indices, offset, zeros } from "./array64.ts";
import { binaryBackward, broadcastShape } from "./binary.ts";
import { transpose } from "./transpose.ts";

/** Whether a matrix is stored transposed: `a` as `[.., k, m]`, `b` as `[.., n, k]`. Both default to false. */
export interface MatmulOptions {
  transposeA?: boolean;
  transposeB?: boolean;
}

/**
 * Products of the matrices `op(a) [.., m, k]` and `op(b) [.., k, n]`, where op transposes if asked; the axes before them
 * are broadcast:
 *
 *     y[.., i, j] = sum_p op(a)[.., i, p] op(b)[.., p, j]          y [.., m, n]
 */
export function matmul(a: Array64, b: Array64, options: MatmulOptions = {}): Array64 {
  const [left, right] = operands(a, b, options);
  const [m, k] = left.shape.slice(-2), [inner, n] = right.shape.slice(-2);
  if (inner !== k) {
    throw new TypeError(
      `Cannot multiply [${a.shape}] by [${b.shape}]: inner dimensions are ${k} and ${inner}`,
    );
  }
  const batch = broadcastShape(left.shape.slice(0, -2), right.shape.slice(0, -2));
  const y = zeros([...batch, m, n]);
  let at = 0;
  for (const index of indices(batch)) {
    const row = firstOf(left, index), column = firstOf(right, index);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++, at++) {
        for (let p = 0; p < k; p++) {
          y.data[at] += left.data[row + i * k + p] * right.data[column + p * n + j];
        }
      }
    }
  }
  return y;
}

/**
 * Gradients of `matmul` for `grad [.., m, n]`, in the layout each operand is stored in, summed over the axes along which a
 * matrix was repeated:
 *
 *     d op(a) = grad op(b)^T          d op(b) = op(a)^T grad
 */
export function matmulBackward(
  grad: Array64,
  a: Array64,
  b: Array64,
  options: MatmulOptions = {},
): { a: Array64; b: Array64 } {
  const [left, right] = operands(a, b, options);
  const summed = (x: Array64, like: Array64) =>
    binaryBackward("add", x, array64(like.shape, like.data), x).a;
  const gradLeft = summed(matmul(grad, swapped(right)), left);
  const gradRight = summed(matmul(swapped(left), grad), right);
  const [gradA, gradB] = operands(gradLeft, gradRight, options);
  return { a: gradA, b: gradB };
}

/** Both with their last two axes exchanged where they are stored transposed. */
function operands(a: Array64, b: Array64, { transposeA, transposeB }: MatmulOptions): Array64[] {
  return [transposeA ? swapped(a) : a, transposeB ? swapped(b) : b];
}

function swapped(x: Array64): Array64 {
  const axes = x.shape.map((_, i) => i);
  return transpose(x, [...axes.slice(0, -2), ...axes.slice(-2).reverse()]);
}

/** Place of the first element of the matrix that an index of the broadcast axes names. */
function firstOf(x: Array64, index: readonly number[]): number {
  const lead = x.shape.slice(0, -2), own = index.slice(index.length - lead.length);
  return offset(x, ...own.map((i, axis) => lead[axis] === 1 ? 0 : i), 0, 0);
}
