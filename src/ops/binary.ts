/** Functions of two tensors, element by element, with broadcasting by NumPy's rule; a number stands for a scalar. */
import { withGradient } from "../tensor/tape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { evaluateBinary, evaluateBinaryGrad } from "./binary_kernel.ts";
import { BINARY, type BinaryName } from "./elementwise.ts";
import { lettingGo } from "./letting_go.ts";
import { madeOf, type Operand, operandOf } from "./operand.ts";
import { sumTo } from "./reduce.ts";

function binary(name: BinaryName, first: Operand, second: Operand): Tensor {
  const a = operandOf(first), b = operandOf(second);
  const y = evaluateBinary(name, a, b);
  const gradients = BINARY[name];
  const result = gradients
    ? withGradient(name, [a, b], y, (g) =>
      [a, b].map((t, i) => {
        if (!t.requiresGrad) return undefined;
        const passes = gradients[i] === "passes";
        return sumTo(passes ? g.alias() : evaluateBinaryGrad(name, a, b, g, i === 1), t.shape);
      }))
    : y;
  return lettingGo(result, ...madeOf([first, second], [a, b]));
}

/**
 * `a + b`; throws as {@linkcode mul}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { add, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await add(tensor([[1], [2]]), tensor([10, 100])).read()], [11, 101, 12, 102]);
 * ```
 */
export function add(a: Operand, b: Operand): Tensor {
  return binary("add", a, b);
}

/**
 * `a - b`; throws as {@linkcode mul}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, sub, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await sub(tensor([5, 7]), tensor([1, 2])).read()], [4, 5]);
 * ```
 */
export function sub(a: Operand, b: Operand): Tensor {
  return binary("sub", a, b);
}

/**
 * `a * b`.
 *
 * @throws {TypeError} When the shapes do not broadcast, or a tensor is no `f32`.
 * @throws {RangeError} For a number beyond what float32 holds.
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

/**
 * `a / b`; throws as {@linkcode mul}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { div, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await div(1, tensor([2, 4])).read()], [0.5, 0.25]);
 * ```
 */
export function div(a: Operand, b: Operand): Tensor {
  return binary("div", a, b);
}

/**
 * `a ** b`, with C's rules: a negative base only with whole exponents, NaN with others; 1 for `b` = 0 and for `a` = 1,
 * whatever the other is; a zero has no sign. The gradient for `a` is 0 where `b` is 0; the one for `b` is 0 where `a` is 0 and
 * `b` is not negative, and NaN where `a` is negative. Throws as {@linkcode mul}.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, pow, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const [cube, one] = await pow(tensor([-2, 0]), tensor([3, 0])).read();
 * assertAlmostEquals(cube, -8, 1e-5);
 * assertAlmostEquals(one, 1, 1e-5);
 * ```
 */
export function pow(a: Operand, b: Operand): Tensor {
  return binary("pow", a, b);
}

/**
 * The larger of both, NaN where one is; at a tie the gradient goes to `a`. Throws as {@linkcode mul}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { maximum, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await maximum(tensor([1, 5]), 3).read()], [3, 5]);
 * ```
 */
export function maximum(a: Operand, b: Operand): Tensor {
  return binary("maximum", a, b);
}

/**
 * The smaller of both, NaN where one is; at a tie the gradient goes to `a`.
 *
 * @throws {TypeError} When the shapes do not broadcast, or a tensor is no `f32`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { minimum, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await minimum(tensor([1, 5]), 3).read()], [1, 3]);
 * ```
 */
export function minimum(a: Operand, b: Operand): Tensor {
  return binary("minimum", a, b);
}

/**
 * 1 where `a > b`, else 0, as `f32`: a factor, or a condition of {@linkcode where}. 0 where one is NaN. No gradient.
 *
 * @throws {TypeError} When the shapes do not broadcast, or a tensor is no `f32`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { greater, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await greater(tensor([1, 2, 3]), 2).read()], [0, 0, 1]);
 * ```
 */
export function greater(a: Operand, b: Operand): Tensor {
  return binary("greater", a, b);
}

/**
 * 1 where `a >= b`, else 0, as `f32`: a factor, or a condition of {@linkcode where}. 0 where one is NaN. No gradient.
 *
 * @throws {TypeError} When the shapes do not broadcast, or a tensor is no `f32`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { greaterEqual, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await greaterEqual(tensor([1, 2, 3]), 2).read()], [0, 1, 1]);
 * ```
 */
export function greaterEqual(a: Operand, b: Operand): Tensor {
  return binary("greaterEqual", a, b);
}

/**
 * 1 where `a < b`, else 0, as `f32`: a factor, or a condition of {@linkcode where}. 0 where one is NaN. No gradient.
 *
 * @throws {TypeError} When the shapes do not broadcast, or a tensor is no `f32`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { less, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await less(tensor([1, 2, 3]), 2).read()], [1, 0, 0]);
 * ```
 */
export function less(a: Operand, b: Operand): Tensor {
  return binary("less", a, b);
}

/**
 * 1 where `a <= b`, else 0, as `f32`: a factor, or a condition of {@linkcode where}. 0 where one is NaN. No gradient.
 *
 * @throws {TypeError} When the shapes do not broadcast, or a tensor is no `f32`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { lessEqual, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await lessEqual(tensor([1, 2, 3]), 2).read()], [1, 1, 0]);
 * ```
 */
export function lessEqual(a: Operand, b: Operand): Tensor {
  return binary("lessEqual", a, b);
}

/**
 * 1 where `a` and `b` are the same number, else 0, as `f32`; 0 where one is NaN. No gradient.
 *
 * @throws {TypeError} When the shapes do not broadcast, or a tensor is no `f32`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { equal, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await equal(tensor([1, 2, 3]), 2).read()], [0, 1, 0]);
 * ```
 */
export function equal(a: Operand, b: Operand): Tensor {
  return binary("equal", a, b);
}

/**
 * 1 where `a` and `b` are different numbers, else 0, as `f32`; 1 where one is NaN. No gradient.
 *
 * @throws {TypeError} When the shapes do not broadcast, or a tensor is no `f32`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { notEqual, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await notEqual(tensor([1, 2, 3]), 2).read()], [1, 0, 1]);
 * ```
 */
export function notEqual(a: Operand, b: Operand): Tensor {
  return binary("notEqual", a, b);
}
