/** PReLU: a leaky ReLU whose slope is learned. */
import gradSource from "../../kernels/prelu_grad.wgsl" with { type: "text" };
import source from "../../kernels/prelu.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { checkDType } from "../tensor/operands.ts";
import { sameShape, type Shape, show } from "../tensor/shape.ts";
import { withGradient } from "../tensor/tape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { elementOf, flat, launch, partsOf } from "./launch.ts";
import { sumMiddle } from "./reduce.ts";

const kernel = new Kernel("prelu", source);
const gradKernel = new Kernel("prelu_grad", gradSource);

/**
 * `x` where positive, `weight * x` elsewhere (He et al. 2015).
 *
 * @param x `[..., channels]`.
 * @param weight `[1]`, one slope for all; or of the shape of the last axes of `x`: `[channels]`, a slope a channel, or of all
 * axes but the batch, a slope an element, as Keras has it.
 * @throws {TypeError} When `weight` has another shape.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, prelu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const x = tensor([[[-1, -1], [-1, 1]], [[-2, -2], [2, 2]]]); // two samples of [2, 2]
 * const slopes = tensor([[0, 0.25], [0.5, 1]]); // one an element
 * assertEquals([...await prelu(x, slopes).read()], [-0, -0.25, -0.5, 1, -0, -0.5, 2, 2]);
 * ```
 */
export function prelu(x: Tensor, weight: Tensor): Tensor {
  checkDType("prelu", "f32", { x, weight });
  checkSlope(x.shape, weight);
  const channels = weight.size, shared = channels === 1;
  const { Element, width } = elementOf(shared ? x.size : 1);
  const constants = { SHARED: shared, Element };
  const size = x.size / width;
  const y = empty(x.shape);
  const { params, threads } = flat(size);
  launch(kernel, {
    constants,
    params: { ...params, channels },
    tensors: { x, weight, y },
    threads,
  });
  return withGradient("prelu", [x, weight], y, (gradY) => preluGrad(x, weight, gradY));
}

/** The gradients of a PReLU's input and slope. */
export function preluGrad(x: Tensor, weight: Tensor, gradY: Tensor): [Tensor, Tensor] {
  const channels = weight.size, shared = channels === 1;
  const { Element, width } = elementOf(shared ? x.size : 1);
  const size = x.size / width;
  const columns = shared ? 64 : channels;
  const { parts, partLength } = partsOf(Math.ceil(size / Math.max(1, columns)), columns * width);
  const gradX = empty(x.shape), sums = empty([parts, shared ? width : channels]);
  launch(gradKernel, {
    constants: { SHARED: shared, Element },
    params: { size, columns, parts, part_rows: partLength },
    tensors: { x, weight, grad_y: gradY, grad_x: gradX, sums },
    threads: parts * columns,
  });
  const summed = sumMiddle(sums, 1, shared ? sums.size : parts, weight.size);
  sums.dispose();
  const gradWeight = summed.alias(weight.shape);
  summed.dispose();
  return [gradX, gradWeight];
}

/** Refuses slopes that do not fit the shape they are for; `axes` is how many of its last ones they may have at most. */
export function checkSlope(
  shape: Shape,
  weight: Tensor,
  axes = Math.max(1, shape.length - 1),
): void {
  const { length } = weight.shape;
  if (length === 1 && weight.size === 1) return;
  if (length > 0 && length <= axes && sameShape(weight.shape, shape.slice(-length))) return;
  const fitting = Array.from({ length: axes }, (_, i) => show(shape.slice(-1 - i)));
  throw new TypeError(
    `Cannot apply PReLU to ${show(shape)}: the slope is ${show(weight.shape)}; it must be ${
      ["[1]", ...fitting].join(" or ")
    }`,
  );
}
