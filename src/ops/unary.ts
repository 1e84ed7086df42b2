/** Functions of one tensor, element by element. Of a NaN the result and the gradient are NaN; the gradient of neg is -1. */
import { onlyOptions } from "../base/choice.ts";
import { checkDType } from "../tensor/operands.ts";
import { checkSetting } from "../tensor/setting.ts";
import { show } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { unary } from "./unary_kernel.ts";

/**
 * `-x`.
 *
 * @throws {TypeError} When `x` is no `f32` tensor.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { neg, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await neg(tensor([3, -4])).read()], [-3, 4]);
 * ```
 */
export function neg(x: Tensor): Tensor {
  return unary("neg", x);
}

/**
 * `e ** x`: 0 and infinity beyond the range of float32. Throws as {@linkcode neg}.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { exp, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const [one, e] = await exp(tensor([0, 1])).read();
 * assertAlmostEquals(one, 1, 1e-6);
 * assertAlmostEquals(e, Math.E, 1e-6);
 * ```
 */
export function exp(x: Tensor): Tensor {
  return unary("exp", x);
}

/**
 * The natural logarithm: -infinity for 0, NaN for negative `x`. Throws as {@linkcode neg}.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { log, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const [zero, one] = await log(tensor([1, Math.E])).read();
 * assertAlmostEquals(zero, 0, 1e-6);
 * assertAlmostEquals(one, 1, 1e-6);
 * ```
 */
export function log(x: Tensor): Tensor {
  return unary("log", x);
}

/**
 * The square root, NaN for negative `x`. Its gradient at 0 is infinite: add a small number first, or take {@linkcode norm}.
 * Throws as {@linkcode neg}.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, sqrt, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const [three] = await sqrt(tensor([9])).read();
 * assertAlmostEquals(three, 3, 1e-6);
 * ```
 */
export function sqrt(x: Tensor): Tensor {
  return unary("sqrt", x);
}

/**
 * The absolute value; its gradient at 0 is 0. Throws as {@linkcode neg}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { abs, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await abs(tensor([3, -4])).read()], [3, 4]);
 * ```
 */
export function abs(x: Tensor): Tensor {
  return unary("abs", x);
}

/**
 * `1 / (1 + e ** -x)`. Throws as {@linkcode neg}.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, sigmoid, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const [half, share] = await sigmoid(tensor([0, Math.log(3)])).read();
 * assertAlmostEquals(half, 0.5, 1e-6);
 * assertAlmostEquals(share, 0.75, 1e-6);
 * ```
 */
export function sigmoid(x: Tensor): Tensor {
  return unary("sigmoid", x);
}

/**
 * The hyperbolic tangent. Throws as {@linkcode neg}.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, tanh, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const [zero, y] = await tanh(tensor([0, Math.log(3)])).read();
 * assertAlmostEquals(zero, 0, 1e-6);
 * assertAlmostEquals(y, 0.8, 1e-6); // (3 - 1/3) / (3 + 1/3)
 * ```
 */
export function tanh(x: Tensor): Tensor {
  return unary("tanh", x);
}

/**
 * `max(x, 0)`; its gradient at 0 is 0. Throws as {@linkcode neg}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, relu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await relu(tensor([3, -4])).read()], [3, 0]);
 * ```
 */
export function relu(x: Tensor): Tensor {
  return unary("relu", x);
}

/**
 * `x` where positive, `slope * x` elsewhere; its gradient at 0 is `slope`.
 *
 * @param options `slope` is 0.01 by default, as in PyTorch.
 * @throws {TypeError} When `x` is no `f32` tensor, or for an option of another name.
 * @throws {RangeError} When `slope` is no finite number that float32 holds.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { leakyRelu, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await leakyRelu(tensor([3, -4]), { slope: 0.25 }).read()], [3, -1]);
 * ```
 */
export function leakyRelu(x: Tensor, options: { slope?: number } = {}): Tensor {
  const { slope = 0.01 } = onlyOptions("take leakyRelu()", options, ["slope"]);
  const what = `Cannot take leakyRelu() with slope ${slope}:`;
  checkSetting(what, slope, "it must be finite", Number.isFinite);
  return unary("leakyRelu", x, { slope });
}

/**
 * `x * x`. Throws as {@linkcode neg}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, square, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await square(tensor([3, -4])).read()], [9, 16]);
 * ```
 */
export function square(x: Tensor): Tensor {
  return unary("square", x);
}

/**
 * The sine; `x` in radians, of any size: 1e30 loses no more than 1 does. NaN for infinities. Throws as {@linkcode neg}.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, sin, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const [y] = await sin(tensor([Math.PI / 6])).read();
 * assertAlmostEquals(y, 0.5, 1e-6);
 * ```
 */
export function sin(x: Tensor): Tensor {
  return unary("sin", x);
}

/**
 * The cosine; `x` in radians, of any size. NaN for infinities. Throws as {@linkcode neg}.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { cos, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const [y] = await cos(tensor([Math.PI / 3])).read();
 * assertAlmostEquals(y, 0.5, 1e-6);
 * ```
 */
export function cos(x: Tensor): Tensor {
  return unary("cos", x);
}

/**
 * The arc cosine, 0 to pi; NaN outside of -1 to 1. Its gradient at -1 and 1 is -infinity, as in PyTorch, and a cosine that
 * was computed reaches or passes them: {@linkcode clamp} it into -0.999999 to 0.999999 first. Throws as {@linkcode neg}.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { acos, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const [right, straight] = await acos(tensor([0, -1])).read();
 * assertAlmostEquals(right, Math.PI / 2, 1e-6);
 * assertAlmostEquals(straight, Math.PI, 1e-6);
 * ```
 */
export function acos(x: Tensor): Tensor {
  return unary("acos", x);
}

/** Options of {@linkcode clamp}. */
export interface ClampOptions {
  /** Nothing is less. Default: -infinity. */
  min?: number;
  /** Nothing is more. Default: infinity. */
  max?: number;
}

/**
 * `min` where `x` is less, `max` where it is more. The gradient goes through where `min <= x <= max`, both included.
 *
 * @throws {TypeError} When `x` is no `f32` tensor, or for an option of another name.
 * @throws {RangeError} When `min` is above `max`, or one of them is NaN, or finite and beyond what float32 holds.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { clamp, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await clamp(tensor([-2, 0.5, 7]), { min: -1, max: 1 }).read()], [-1, 0.5, 1]);
 * ```
 */
export function clamp(x: Tensor, options: ClampOptions): Tensor {
  const given = onlyOptions("take clamp()", options, ["min", "max"]);
  const { min = -Infinity, max = Infinity } = given;
  checkDType("clamp", "f32", { x });
  const what = `Cannot clamp ${show(x.shape)} to ${min} to ${max}:`;
  checkSetting(what, min, "min must be a number up to max", () => min <= max);
  checkSetting(what, max, "max must be a number", () => true);
  return unary("clamp", x, { low: min, high: max });
}
