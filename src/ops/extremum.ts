/** The largest and the smallest elements over axes. */
import gradSource from "../../kernels/extremum_grad.wgsl" with { type: "text" };
import source from "../../kernels/extremum.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { checkDType } from "../tensor/operands.ts";
import { normalizeAxes, type Shape, show, sizeOf } from "../tensor/shape.ts";
import { withGradient } from "../tensor/tape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { launch, overFewRows } from "./launch.ts";
import { reshape, transpose } from "./layout.ts";
import { lettingGo } from "./letting_go.ts";
import { type ReduceOptions, reduceOptions } from "./reduce.ts";

const kernel = new Kernel("extremum", source);
const gradKernel = new Kernel("extremum_grad", gradSource);

type Name = "max" | "min";

/** The longest row that is taken in one go: 64 threads share it, and a thread's loop must not be too long. */
const LONGEST = 64 * 4096;

/** Of `x` seen as `[outer, length, inner]` over its middle axis, as `shape`. */
function alongMiddle(
  name: Name,
  x: Tensor,
  [outer, length, inner]: readonly [number, number, number],
  shape: Shape,
): Tensor {
  const parts = Math.ceil(length / LONGEST);
  const params = { outer, length, inner, parts, part_length: Math.ceil(length / parts) };
  const y = empty(parts === 1 ? shape : [outer, parts, inner]);
  const winner = empty(y.shape, "i32");
  const { constants, threads } = overFewRows(y.size, params.part_length);
  launch(kernel, {
    constants: { MINIMUM: name === "min", ...constants },
    params,
    tensors: { x, y, winner },
    threads,
  });
  const result = withGradient(name, [x], y, (gradY) => {
    const gradX = empty(x.shape);
    launch(gradKernel, {
      params,
      tensors: { winner, grad_y: gradY, grad_x: gradX },
      threads: gradX.size,
    });
    winner.dispose();
    return [gradX];
  });
  if (!result.requiresGrad) winner.dispose();
  if (parts === 1) return result;
  return lettingGo(alongMiddle(name, result, [outer, parts, inner], shape), result);
}

function extremum(name: Name, x: Tensor, options: ReduceOptions): Tensor {
  const { axes, keepDims = false } = reduceOptions(name, options);
  checkDType(name, "f32", { x });
  const over = normalizeAxes(`take the ${name} over`, x.shape, axes);
  const kept = x.shape.map((_, i) => i).filter((i) => !over.includes(i));
  const shape = keepDims
    ? x.shape.map((n, i) => over.includes(i) ? 1 : n)
    : kept.map((i) => x.shape[i]);
  if (over.some((axis) => x.shape[axis] === 0)) {
    throw new TypeError(
      `Cannot take the ${name} of ${show(x.shape)} over axes ${
        show(over)
      }: there is no element to take`,
    );
  }
  if (over.length === 0) return reshape(x, shape);
  const [first] = over, end = first + over.length;
  const length = over.reduce((n, axis) => n * x.shape[axis], 1);
  if (over.some((axis, i) => axis !== first + i)) {
    const moved = transpose(x, [...kept, ...over]);
    return lettingGo(alongMiddle(name, moved, [sizeOf(shape), length, 1], shape), moved);
  }
  return alongMiddle(name, x, [
    sizeOf(x.shape.slice(0, first)),
    length,
    sizeOf(x.shape.slice(end)),
  ], shape);
}

/**
 * The largest element over axes; NaN where one of them is. The gradient goes to the first of equals, in row-major order of
 * the axes, as {@linkcode argmax} and {@linkcode maxPool2d} choose. (PyTorch's `amax` divides it among them.)
 *
 * @throws {TypeError} When an axis is empty.
 * @throws {RangeError} For an axis the tensor does not have.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { max, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await max(tensor([[1, 5], [3, 2]]), { axes: 1 }).read()], [5, 3]);
 * ```
 */
export function max(x: Tensor, options: ReduceOptions = {}): Tensor {
  return extremum("max", x, options);
}

/**
 * The smallest element over axes; NaN where one of them is. The gradient goes to the first of equals, in row-major order of
 * the axes. (PyTorch's `amin` divides it among them.)
 *
 * @throws {TypeError} When an axis is empty.
 * @throws {RangeError} For an axis the tensor does not have.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { min, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await min(tensor([[1, 5], [3, 2]]), { axes: 1 }).read()], [1, 2]);
 * ```
 */
export function min(x: Tensor, options: ReduceOptions = {}): Tensor {
  return extremum("min", x, options);
}
