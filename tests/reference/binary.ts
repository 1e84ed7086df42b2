import { type Array64, indices, offset, zeros } from "./array64.ts";

/** The elementwise functions of two arguments. */
export type BinaryName = "add" | "sub" | "mul" | "div" | "pow" | "maximum";

type Function2 = (a: number, b: number) => number;

/**
 * Value, df/da and df/db. At a tie `maximum` gives the whole gradient to its first argument.
 * `pow` wants a >= 0 for its gradients; d/da is 0 where b = 0, and d/db is 0 where a = 0.
 */
const rules: Record<BinaryName, { value: Function2; a: Function2; b: Function2 }> = {
  add: { value: (a, b) => a + b, a: () => 1, b: () => 1 },
  sub: { value: (a, b) => a - b, a: () => 1, b: () => -1 },
  mul: { value: (a, b) => a * b, a: (_, b) => b, b: (a) => a },
  div: { value: (a, b) => a / b, a: (_, b) => 1 / b, b: (a, b) => -a / (b * b) },
  pow: {
    value: (a, b) => a ** b,
    a: (a, b) => b === 0 ? 0 : b * a ** (b - 1),
    b: (a, b) => a === 0 ? 0 : a ** b * Math.log(a),
  },
  maximum: {
    value: (a, b) => a >= b ? a : b,
    a: (a, b) => a >= b ? 1 : 0,
    b: (a, b) => a >= b ? 0 : 1,
  },
};

/** `y = f(a, b)`, element by element, with shapes broadcast as numpy does. */
export function binary(name: BinaryName, a: Array64, b: Array64): Array64 {
  const y = zeros(broadcastShape(a.shape, b.shape));
  for (const index of indices(y.shape)) {
    y.data[offset(y, ...index)] = rules[name].value(
      a.data[broadcastOffset(a, index)],
      b.data[broadcastOffset(b, index)],
    );
  }
  return y;
}

/** `da = grad df/da`, `db = grad df/db`, each summed over the axes along which it was repeated. */
export function binaryBackward(
  name: BinaryName,
  grad: Array64,
  a: Array64,
  b: Array64,
): { a: Array64; b: Array64 } {
  const gradA = zeros(a.shape);
  const gradB = zeros(b.shape);
  for (const index of indices(grad.shape)) {
    const g = grad.data[offset(grad, ...index)];
    const atA = broadcastOffset(a, index);
    const atB = broadcastOffset(b, index);
    gradA.data[atA] += g * rules[name].a(a.data[atA], b.data[atB]);
    gradB.data[atB] += g * rules[name].b(a.data[atA], b.data[atB]);
  }
  return { a: gradA, b: gradB };
}

/** Shapes aligned at their last axes; where sizes differ one must be 1: `[4, 1]` and `[3]` give `[4, 3]`. */
export function broadcastShape(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  const pad = (shape: readonly number[]) => [...Array(rank - shape.length).fill(1), ...shape];
  const [left, right] = [pad(a), pad(b)];
  return left.map((length, axis) => {
    if (length === right[axis] || right[axis] === 1) return length;
    if (length === 1) return right[axis];
    throw new TypeError(`Cannot broadcast [${a}] with [${b}]: ${length} and ${right[axis]} differ`);
  });
}

/** Place of x's element for an index of the broadcast shape: missing axes dropped, axes of size 1 at 0. */
function broadcastOffset(x: Array64, index: readonly number[]): number {
  const own = index.slice(index.length - x.shape.length);
  return offset(x, ...own.map((i, axis) => x.shape[axis] === 1 ? 0 : i));
}
