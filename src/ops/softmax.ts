/** Softmax along an axis, its logarithm, and the logarithm of the sum of exponentials. */
import { onlyOptions } from "../base/choice.ts";
import source from "../../kernels/softmax.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { checkDType } from "../tensor/operands.ts";
import { normalizeAxes, type Shape, sizeOf } from "../tensor/shape.ts";
import { withGradient } from "../tensor/tape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { evaluateBinary } from "./binary_kernel.ts";
import { launch, overFewRows } from "./launch.ts";

const kernel = new Kernel("softmax", source);

/** The kernel's numbers of what it computes. */
const KINDS = { softmax: 0, logSoftmax: 1, logSumExp: 2 } as const;

/** Options of {@linkcode softmax} and {@linkcode logSoftmax}. */
export interface SoftmaxOptions {
  /** Along which it sums to 1, a negative one from the end. Default: the last. */
  axis?: number;
}

/** Options of {@linkcode logSumExp}. */
export interface LogSumExpOptions {
  /** Along which it sums, a negative one from the end. Default: the last. */
  axis?: number;
  /** Keep that axis with length 1. Default: false. */
  keepDims?: boolean;
}

/** A launch along an axis of `x`, and its shape with that axis at length 1. */
function along(name: keyof typeof KINDS, x: Tensor, axis: number) {
  checkDType(name, "f32", { x });
  const [at] = normalizeAxes(`take ${name} along`, x.shape, axis);
  const outer = sizeOf(x.shape.slice(0, at)), inner = sizeOf(x.shape.slice(at + 1));
  const params = { outer, length: x.shape[at], inner };
  const { constants, threads } = overFewRows(outer * inner, params.length);
  const run = (x: Tensor, gradY: Tensor | undefined, shape: Shape) => {
    const result = empty(shape);
    launch(kernel, {
      constants: { KIND: KINDS[name], GRADIENT: gradY !== undefined, ...constants },
      params,
      tensors: { x, grad_y: gradY, result },
      threads,
      passes: 3 * (constants.TOGETHER ? params.length / 64 + 15 : params.length),
    });
    return result;
  };
  return { run, at, keptShape: x.shape.map((n, i) => i === at ? 1 : n) };
}

function normalized(name: "softmax" | "logSoftmax", x: Tensor, options: SoftmaxOptions) {
  const { axis = -1 } = onlyOptions(`take ${name}()`, options, ["axis"]);
  const { run } = along(name, x, axis);
  const y = run(x, undefined, x.shape);
  return withGradient(name, [x], y, (gradY) => [run(y, gradY, x.shape)]);
}

/**
 * `e ** x / sum(e ** x)` along an axis, from numbers of any size: nothing overflows. -infinity gets probability 0.
 *
 * @throws {RangeError} For an axis the tensor does not have.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, softmax, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const [p, q] = await softmax(tensor([1000, 1000 + Math.log(3)])).read();
 * assertAlmostEquals(p, 0.25, 1e-4);
 * assertAlmostEquals(q, 0.75, 1e-4);
 * ```
 */
export function softmax(x: Tensor, options: SoftmaxOptions = {}): Tensor {
  return normalized("softmax", x, options);
}

/**
 * The logarithm of {@linkcode softmax}, exact where that would be 0.
 *
 * @throws {RangeError} For an axis the tensor does not have.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { logSoftmax, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await logSoftmax(tensor([0, 200])).read()], [-200, 0]);
 * ```
 */
export function logSoftmax(x: Tensor, options: SoftmaxOptions = {}): Tensor {
  return normalized("logSoftmax", x, options);
}

/**
 * `log(sum(e ** x))` along an axis, from numbers of any size: a largest element with a gradient everywhere.
 *
 * @returns The shape of `x` without the axis, or with 1 in its place. -infinity along an empty axis.
 * @throws {RangeError} For an axis the tensor does not have.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { logSumExp, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const [y] = await logSumExp(tensor([[1000, 1000]])).read();
 * assertAlmostEquals(y, 1000 + Math.log(2), 1e-3);
 * ```
 */
export function logSumExp(x: Tensor, options: LogSumExpOptions = {}): Tensor {
  const known = ["axis", "keepDims"] as const;
  const { axis = -1, keepDims = false } = onlyOptions("take logSumExp()", options, known);
  const { run, at, keptShape } = along("logSumExp", x, axis);
  const y = run(x, undefined, keepDims ? keptShape : keptShape.toSpliced(at, 1));
  return withGradient("logSumExp", [x], y, (gradY) => {
    // d/dx is the softmax: from x itself, as e^(x - y) loses the digits that y lost.
    const probability = along("softmax", x, axis).run(x, undefined, x.shape);
    const keptGrad = gradY.alias(keptShape);
    const grad = evaluateBinary("mul", probability, keptGrad);
    for (const t of [keptGrad, probability]) t.dispose();
    return [grad];
  });
}
