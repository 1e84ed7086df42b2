/** Sums and means over axes. */
import { onlyOptions } from "../base/choice.ts";
import source from "../../kernels/reduce.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { checkDType } from "../tensor/operands.ts";
import { normalizeAxes, sameShape, type Shape, show, sizeOf } from "../tensor/shape.ts";
import { withGradient } from "../tensor/tape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { broadcastTo } from "./broadcast.ts";
import { elementOf, launch } from "./launch.ts";

const kernel = new Kernel("reduce", source);

/** Options of {@linkcode sum} and {@linkcode mean}. */
export interface ReduceOptions {
  /** Axes to sum over, negative ones from the end. Default: all. */
  axes?: number | readonly number[];
  /** Keep the summed axes with length 1. Default: false. */
  keepDims?: boolean;
}

/** Refuses options of other names. */
export function reduceOptions(name: string, options: ReduceOptions): ReduceOptions {
  return onlyOptions(`take ${name}()`, options, ["axes", "keepDims"]);
}

/** Longer sums are shared by a workgroup, unless there are outputs enough to keep the adapter busy. */
const ALONE = 64, ENOUGH_OUTPUTS = 2048;
/** The longest sums that a workgroup and a thread take in one go: rounding grows with the length of a chain of additions. */
const LONGEST = 4096, LONGEST_ALONE = 64;

/** Sums `x` seen as `[outer, length, inner]` over its middle axis, times `scale`; no gradient. */
export function sumMiddle(
  x: Tensor,
  outer: number,
  length: number,
  inner: number,
  scale = 1,
): Tensor {
  const { Element, width } = elementOf(inner);
  const together = length > ALONE && outer * inner / width < ENOUGH_OUTPUTS;
  const parts = Math.max(1, Math.ceil(length / (together ? LONGEST : LONGEST_ALONE)));
  const sums = empty([outer, parts, inner]);
  launch(kernel, {
    constants: { Element, TOGETHER: together },
    params: {
      outer,
      length,
      inner: inner / width,
      parts,
      part_length: Math.ceil(length / parts),
      scale: parts === 1 ? scale : 1,
    },
    tensors: { x, sums },
    threads: sums.size / width * (together ? 64 : 1),
  });
  if (parts === 1) return sums;
  const total = sumMiddle(sums, outer, parts, inner, scale);
  sums.dispose();
  return total;
}

/** The sum of all elements times `scale`, as a scalar; takes over `x`; no gradient. */
export function totalOf(x: Tensor, scale = 1): Tensor {
  const sums = sumMiddle(x, 1, x.size, 1, scale), total = sums.alias([]);
  for (const t of [x, sums]) t.dispose();
  return total;
}

/** Sums over sorted axes, run by run of neighbours from the last, times `scale`; no gradient. */
export function sumAxes(
  x: Tensor,
  axes: readonly number[],
  scale = 1,
  resultShape: Shape = x.shape.filter((_, i) => !axes.includes(i)),
): Tensor {
  let shape = [...x.shape];
  let y = x.alias();
  let last = axes.length - 1;
  let factor = scale;
  do {
    let first = last;
    while (first > 0 && axes[first - 1] === axes[first] - 1) first--;
    const [from, to] = last < 0 ? [shape.length, shape.length] : [axes[first], axes[last] + 1];
    const z = sumMiddle(
      y,
      sizeOf(shape.slice(0, from)),
      sizeOf(shape.slice(from, to)),
      sizeOf(shape.slice(to)),
      factor,
    );
    y.dispose();
    y = z;
    factor = 1;
    shape = [...shape.slice(0, from), ...shape.slice(to)];
    last = first - 1;
  } while (last >= 0);
  const result = y.alias(resultShape);
  y.dispose();
  return result;
}

/** Sums a gradient of a broadcast result down to an operand's shape; takes over `grad`. */
export function sumTo(grad: Tensor, shape: Shape): Tensor {
  if (sameShape(grad.shape, shape)) return grad;
  const extra = grad.shape.length - shape.length;
  const axes = grad.shape.map((_, i) => i).filter((i) =>
    i < extra || (shape[i - extra] === 1 && grad.shape[i] !== 1)
  );
  const result = axes.length > 0 ? sumAxes(grad, axes, 1, shape) : grad.alias(shape);
  grad.dispose();
  return result;
}

function reduce(
  act: string,
  x: Tensor,
  options: ReduceOptions,
  meaned: boolean,
): Tensor {
  const { axes, keepDims = false } = reduceOptions(act, options);
  checkDType(act, "f32", { x });
  const over = normalizeAxes(meaned ? "take the mean over" : act, x.shape, axes);
  const count = over.reduce((n, axis) => n * x.shape[axis], 1);
  const scale = meaned ? 1 / count : 1;
  const keptShape = x.shape.map((n, i) => over.includes(i) ? 1 : n);
  if (meaned && count === 0 && sizeOf(keptShape) > 0) {
    throw new TypeError(
      `Cannot take the ${act} of ${show(x.shape)} over axes ${
        show(over)
      }: there is nothing to divide by`,
    );
  }
  const y = sumAxes(x, over, scale, keepDims ? keptShape : undefined);
  return withGradient(act, [x], y, (g) => {
    const kept = g.alias(keptShape);
    const grad = broadcastTo(kept, x.shape, scale);
    kept.dispose();
    return [grad];
  });
}

/**
 * The sum over axes; of nothing it is 0.
 *
 * @throws {RangeError} For an axis the tensor does not have.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, sum, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await sum(tensor([[1, 2], [3, 4]]), { axes: 0 }).read()], [4, 6]);
 * ```
 */
export function sum(x: Tensor, options: ReduceOptions = {}): Tensor {
  return reduce("sum", x, options, false);
}

/**
 * The mean over axes. Like {@linkcode sum}, divided by the number of elements summed.
 *
 * @throws {TypeError} When that number is 0.
 * @throws {RangeError} For an axis the tensor does not have.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { mean, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await mean(tensor([[1, 2], [3, 4]]), { axes: 0 }).read()], [2, 3]);
 * ```
 */
export function mean(x: Tensor, options: ReduceOptions = {}): Tensor {
  return reduce("mean", x, options, true);
}
