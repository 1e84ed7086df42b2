import type { BinaryName } from "../ops/elementwise.ts";
import { type Array64, indices, offset, zeros } from "./array64.ts";

type Function2 = (a: number, b: number) => number;

/** x^y in C, but that 0 has no sign; JavaScript has NaN for 1^NaN and (-1)^infinity. */
function pow(a: number, b: number): number {
  return a === 1 || a === -1 && Math.abs(b) === Infinity ? 1 : (a + 0) ** b;
}

/** A function that is 1 or 0, and flat wherever it has a derivative. */
function comparison(holds: (a: number, b: number) => boolean) {
  const flat = () => 0;
  return { value: (a: number, b: number) => holds(a, b) ? 1 : 0, a: flat, b: flat };
}

/** 1 or 0, and NaN for a NaN. */
function choice(first: boolean, a: number, b: number): number {
  return Number.isNaN(a) || Number.isNaN(b) ? NaN : first ? 1 : 0;
}

/**
 * Value, df/da and df/db. At a tie `maximum` and `minimum` give the whole gradient to their first argument.
 * `pow`: d/da is 0 where b = 0, and d/db is 0 where a = 0 and b >= 0, NaN where a < 0.
 */
const rules = {
  add: { value: (a, b) => a + b, a: () => 1, b: () => 1 },
  sub: { value: (a, b) => a - b, a: () => 1, b: () => -1 },
  mul: { value: (a, b) => a * b, a: (_, b) => b, b: (a) => a },
  div: { value: (a, b) => a / b, a: (_, b) => 1 / b, b: (a, b) => -a / b / b },
  pow: {
    value: pow,
    a: (a, b) => b === 0 ? 0 : b * pow(a, b - 1),
    b: (a, b) => a === 0 && b >= 0 ? 0 : pow(a, b) * Math.log(a),
  },
  maximum: {
    value: Math.max,
    a: (a, b) => choice(a >= b, a, b),
    b: (a, b) => choice(a < b, a, b),
  },
  minimum: {
    value: Math.min,
    a: (a, b) => choice(a <= b, a, b),
    b: (a, b) => choice(a > b, a, b),
  },
  greater: comparison((a, b) => a > b),
  greaterEqual: comparison((a, b) => a >= b),
  less: comparison((a, b) => a < b),
  lessEqual: comparison((a, b) => a <= b),
  equal: comparison((a, b) => a === b),
  notEqual: comparison((a, b) => a !== b),
} satisfies Record<BinaryName, { value: Function2; a: Function2; b: Function2 }>;

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
  const chooses = name === "maximum" || name === "minimum";
  for (const index of indices(grad.shape)) {
    const g = grad.data[offset(grad, ...index)];
    const atA = broadcastOffset(a, index);
    const atB = broadcastOffset(b, index);
    const [toA, toB] = [rules[name].a, rules[name].b].map((of) => of(a.data[atA], b.data[atB]));
    // The operand that maximum and minimum do not take gets nothing of an infinite gradient.
    const times = (slope: number) => chooses && slope === 0 ? 0 : g * slope;
    gradA.data[atA] += times(toA);
    gradB.data[atB] += times(toB);
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
