/** Functions of two tensors, element by element, with broadcasting by NumPy's rule; a number stands for a scalar. */
import { note } from "../tensor/tape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type BinaryName, evaluateBinary, evaluateBinaryGrad } from "./binary_kernel.ts";
import { full } from "./fill.ts";
import { sumTo } from "./reduce.ts";

/** A tensor, or a number that is the same for every element. */
export type Operand = Tensor | number;

function binary(name: BinaryName, first: Operand, second: Operand): Tensor {
  const a = typeof first === "number" ? full([], first) : first;
  const b = typeof second === "number" ? full([], second) : second;
  return note(name, [a, b], evaluateBinary(name, a, b), (g) => [
    a.requiresGrad ? gradOf(name, a, b, g, false) : undefined,
    b.requiresGrad ? gradOf(name, a, b, g, true) : undefined,
  ]);
}

function gradOf(name: BinaryName, a: Tensor, b: Tensor, g: Tensor, second: boolean): Tensor {
  const passes = name === "add" || (name === "sub" && !second);
  const grad = passes ? g.alias() : evaluateBinaryGrad(name, a, b, g, second);
  return sumTo(grad, second ? b.shape : a.shape);
}

/** `a + b`. */
export function add(a: Operand, b: Operand): Tensor {
  return binary("add", a, b);
}

/** `a - b`. */
export function sub(a: Operand, b: Operand): Tensor {
  return binary("sub", a, b);
}

/**
 * `a * b`.
 *
 * @throws {TypeError} When the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { mul, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const y = mul(tensor([[1], [2]]), tensor([10, 100]));
 * assertEquals([...await y.read()], [10, 100, 20, 200]);
 * ```
 */
export function mul(a: Operand, b: Operand): Tensor {
  return binary("mul", a, b);
}

/** `a / b`. */
export function div(a: Operand, b: Operand): Tensor {
  return binary("div", a, b);
}

/** `a ** b`; a negative base only with whole exponents. */
export function pow(a: Operand, b: Operand): Tensor {
  return binary("pow", a, b);
}

/** The larger of both; at a tie the gradient goes to `a`. */
export function maximum(a: Operand, b: Operand): Tensor {
  return binary("maximum", a, b);
}
