import { type Array64, array64, indices, offset, zeros } from "./array64.ts";
import { binaryBackward, broadcastShape } from "./binary.ts";
import { transpose } from "./transpose.ts";

/** Which operands are read as their transposes. */
interface Options {
  transposeA?: boolean;
  transposeB?: boolean;
}

/** The last two axes exchanged. */
function flipped(x: Array64): Array64 {
  const axes = x.shape.map((_, i) => i);
  return transpose(x, [...axes.slice(0, -2), ...axes.slice(-2).reverse()]);
}

/** `y[.., r, c] = sum_k a[.., r, k] b[.., k, c]`, the axes before broadcast. */
export function batchMatmul(a: Array64, b: Array64, options: Options = {}): Array64 {
  const left = options.transposeA ? flipped(a) : a, right = options.transposeB ? flipped(b) : b;
  const batch = broadcastShape(left.shape.slice(0, -2), right.shape.slice(0, -2));
  const inner = left.shape.at(-1)!;
  const y = zeros([...batch, left.shape.at(-2)!, right.shape.at(-1)!]);
  const own = (x: Array64, index: readonly number[], r: number, c: number) => {
    const lead = x.shape.slice(0, -2), at = index.slice(index.length - lead.length);
    return x.data[offset(x, ...at.map((i, axis) => lead[axis] === 1 ? 0 : i), r, c)];
  };
  for (const index of indices(y.shape)) {
    const lead = index.slice(0, -2), [r, c] = index.slice(-2);
    let sum = 0;
    for (let k = 0; k < inner; k++) sum += own(left, lead, r, k) * own(right, lead, k, c);
    y.data[offset(y, ...index)] = sum;
  }
  return y;
}

/** `da = g bᵀ`, `db = aᵀ g`, summed over the axes along which a matrix was repeated. */
export function batchMatmulBackward(
  grad: Array64,
  a: Array64,
  b: Array64,
  options: Options = {},
): { a: Array64; b: Array64 } {
  const left = options.transposeA ? flipped(a) : a, right = options.transposeB ? flipped(b) : b;
  const summed = (x: Array64, like: Array64) =>
    binaryBackward("add", x, array64(like.shape, like.data), x).a;
  const gradA = summed(batchMatmul(grad, flipped(right)), left);
  const gradB = summed(batchMatmul(flipped(left), grad), right);
  return {
    a: options.transposeA ? flipped(gradA) : gradA,
    b: options.transposeB ? flipped(gradB) : gradB,
  };
}
