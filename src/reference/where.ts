import { type Array64, zeros } from "./array64.ts";
import { binary, binaryBackward } from "./binary.ts";

/** Each array repeated to the shape of all three. */
function stretched(arrays: readonly Array64[]): Array64[] {
  const whole = arrays.map(({ shape }) => zeros(shape)).reduce((a, b) => binary("add", a, b));
  return arrays.map((x) => binary("add", x, whole));
}

/** `a` where the condition is not 0, else `b`, with broadcasting. */
export function where(condition: Array64, a: Array64, b: Array64): Array64 {
  const [c, u, v] = stretched([condition, a, b]);
  return { shape: c.shape, data: c.data.map((holds, i) => holds !== 0 ? u.data[i] : v.data[i]) };
}

/** The gradient of the result where each was taken, summed over the axes along which it was repeated. */
export function whereBackward(
  grad: Array64,
  condition: Array64,
  a: Array64,
  b: Array64,
): [Array64, Array64] {
  const nothing = zeros(grad.shape);
  const summed = (part: Array64, x: Array64) => binaryBackward("add", part, x, nothing).a;
  return [summed(where(condition, grad, nothing), a), summed(where(condition, nothing, grad), b)];
}
