/** Euclidean lengths, and vectors of length 1. */
import { onlyOptions } from "../base/choice.ts";
import { checkDType } from "../tensor/operands.ts";
import { checkSetting, LEAST_POSITIVE } from "../tensor/setting.ts";
import { normalizeAxes, show } from "../tensor/shape.ts";
import { withGradient } from "../tensor/tape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { div, maximum } from "./binary.ts";
import { evaluateBinary } from "./binary_kernel.ts";
import { lettingGo } from "./letting_go.ts";
import { type ReduceOptions, reduceOptions, sumAxes } from "./reduce.ts";
import { evaluateUnary } from "./unary_kernel.ts";
import { chosen } from "./where.ts";
import { zeros } from "./fill.ts";

/**
 * The Euclidean length over axes, `sqrt(sum(x ** 2))`. Its gradient `x / norm` is 0 where the length is 0, as in PyTorch:
 * a feature that meets its center stays where it is, and nothing becomes NaN. Squares are float32: lengths from some 1e-19
 * to 1e19 are right.
 *
 * @throws {RangeError} For an axis the tensor does not have.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { backward, norm, openGpu, sum, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const x = tensor([[3, 4], [0, 0]], { requiresGrad: true });
 * const y = norm(x, { axes: 1 });
 * backward(sum(y));
 * assertEquals([...await y.read()], [5, 0]);
 * assertEquals([...await x.grad!.read()].map(Math.fround), [0.6, 0.8, 0, 0].map(Math.fround));
 * ```
 */
export function norm(x: Tensor, options: ReduceOptions = {}): Tensor {
  const { axes, keepDims = false } = reduceOptions("norm", options);
  checkDType("norm", "f32", { x });
  const over = normalizeAxes("take the norm over", x.shape, axes);
  const keptShape = x.shape.map((n, i) => over.includes(i) ? 1 : n);
  const squares = evaluateUnary("square", x);
  const sums = sumAxes(squares, over, 1, keepDims ? keptShape : undefined);
  const y = evaluateUnary("sqrt", sums);
  for (const t of [squares, sums]) t.dispose();
  return withGradient("norm", [x], y, (gradY) => {
    const scale = evaluateBinary("div", gradY, y);
    const zero = zeros([]);
    const safe = chosen(y, scale, zero), kept = safe.alias(keptShape);
    const grad = evaluateBinary("mul", x, kept);
    for (const t of [scale, zero, safe, kept]) t.dispose();
    return [grad];
  });
}

/** Options of {@linkcode normalize}. */
export interface NormalizeOptions {
  /** Along which vectors lie, a negative one from the end. Default: the last. */
  axis?: number;
  /** Shorter vectors are divided by this. Default: 1e-12. */
  eps?: number;
}

/**
 * Vectors of length 1: `x / max(norm(x), eps)` along an axis, PyTorch's `F.normalize`. A zero vector stays one, and its
 * gradient is divided by `eps`.
 *
 * @throws {RangeError} For an axis the tensor does not have, or an `eps` that is not positive as float32.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { normalize, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const [x, y] = await normalize(tensor([[3, 4]])).read();
 * assertAlmostEquals(x, 0.6, 1e-6);
 * assertAlmostEquals(y, 0.8, 1e-6);
 * ```
 */
export function normalize(x: Tensor, options: NormalizeOptions = {}): Tensor {
  const { axis = -1, eps = 1e-12 } = onlyOptions("take normalize()", options, ["axis", "eps"]);
  checkDType("normalize", "f32", { x });
  const what = `Cannot normalize ${show(x.shape)} with eps ${eps}:`;
  const wanted = `it must be positive, from ${LEAST_POSITIVE.toPrecision(3)}`;
  checkSetting(what, eps, wanted, (held) => held >= LEAST_POSITIVE);
  normalizeAxes("normalize along", x.shape, axis);
  const length = norm(x, { axes: axis, keepDims: true }), divisor = maximum(length, eps);
  return lettingGo(div(x, divisor), length, divisor);
}
