import { type Array64, offset, zeros } from "./array64.ts";

/** Whether an operand is stored transposed: `a` as `[k, m]`, `b` as `[n, k]`. Both default to false. */
export interface MatmulOptions {
  transposeA?: boolean;
  transposeB?: boolean;
}

/**
 * Matrix product of `op(a) [m, k]` and `op(b) [k, n]`, where op transposes if asked:
 *
 *     c[i, j] = sum_p op(a)[i, p] op(b)[p, j]          c [m, n]
 */
export function matmul(a: Array64, b: Array64, options: MatmulOptions = {}): Array64 {
  const [m, n] = outputShape(a, b, options);
  const c = zeros([m, n]);
  eachProduct(a, b, options, (i, j, atA, atB) => {
    c.data[i * n + j] += a.data[atA] * b.data[atB];
  });
  return c;
}

/**
 * Gradients of `matmul` for `grad [m, n]`, in the layout each operand is stored in:
 *
 *     d op(a) = grad op(b)^T          d op(b) = op(a)^T grad
 */
export function matmulBackward(
  grad: Array64,
  a: Array64,
  b: Array64,
  options: MatmulOptions = {},
): { a: Array64; b: Array64 } {
  const gradA = zeros(a.shape);
  const gradB = zeros(b.shape);
  eachProduct(a, b, options, (i, j, atA, atB) => {
    gradA.data[atA] += grad.data[offset(grad, i, j)] * b.data[atB];
    gradB.data[atB] += grad.data[offset(grad, i, j)] * a.data[atA];
  });
  return { a: gradA, b: gradB };
}

function outputShape(a: Array64, b: Array64, { transposeA, transposeB }: MatmulOptions) {
  const [m, k] = transposeA ? a.shape.toReversed() : a.shape;
  const [inner, n] = transposeB ? b.shape.toReversed() : b.shape;
  if (inner !== k) {
    throw new TypeError(
      `Cannot multiply [${a.shape}] by [${b.shape}]: inner dimensions are ${k} and ${inner}`,
    );
  }
  return [m, n, k];
}

/** Calls `visit` for every product `op(a)[i, p] op(b)[p, j]`, with the places of its two factors. */
function eachProduct(
  a: Array64,
  b: Array64,
  options: MatmulOptions,
  visit: (i: number, j: number, atA: number, atB: number) => void,
) {
  const [m, n, k] = outputShape(a, b, options);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      for (let p = 0; p < k; p++) {
        const atA = options.transposeA ? offset(a, p, i) : offset(a, i, p);
        const atB = options.transposeB ? offset(b, j, p) : offset(b, p, j);
        visit(i, j, atA, atB);
      }
    }
  }
}
