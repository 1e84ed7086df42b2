/** The kernels behind the functions of two elements; no gradients here. */
import gradSource from "../../kernels/binary_grad.wgsl" with { type: "text" };
import source from "../../kernels/binary.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { broadcastShape, broadcastStrides, collapse, sizeOf, stridesOf } from "../tensor/shape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { elementOf, flat, launch } from "./launch.ts";

const kernel = new Kernel("binary", source);
const gradKernel = new Kernel("binary_grad", gradSource);

/** Numbers of the functions in `kernels/binary.wgsl`. */
export const BINARY = { add: 0, sub: 1, mul: 2, div: 3, pow: 4, maximum: 5 } as const;

/** The name of a function of two elements. */
export type BinaryName = keyof typeof BINARY;

/** How a kernel finds its operands: as the result lies, four at once where that goes, or by strides. */
function walk(a: Tensor, b: Tensor, shape: readonly number[]) {
  const strides = [
    broadcastStrides(a.shape, shape),
    broadcastStrides(b.shape, shape),
    stridesOf(shape),
  ];
  const box = collapse(shape, strides);
  const size = sizeOf(shape), alike = a.size === size && b.size === size;
  const { Element, width } = elementOf(alike ? size : 1);
  const { params, threads } = flat(size / width);
  const [strides_a, strides_b] = box.strides;
  return {
    constants: { Element, RANK: alike ? 0 : box.shape.length },
    params: { ...params, shape: box.shape, strides_a, strides_b },
    threads,
  };
}

/** `f(a, b)` with broadcasting. */
export function evaluateBinary(name: BinaryName, a: Tensor, b: Tensor): Tensor {
  const y = empty(broadcastShape(name, a.shape, b.shape));
  const { constants, params, threads } = walk(a, b, y.shape);
  launch(kernel, {
    constants: { ...constants, OP: BINARY[name] },
    params,
    tensors: { a, b, y },
    threads,
  });
  return y;
}

/** `grad_y * df/da` (or `df/db`) in the broadcast shape. */
export function evaluateBinaryGrad(
  name: BinaryName,
  a: Tensor,
  b: Tensor,
  gradY: Tensor,
  second: boolean,
): Tensor {
  const grad = empty(gradY.shape);
  const { constants, params, threads } = walk(a, b, gradY.shape);
  launch(gradKernel, {
    constants: { ...constants, OP: BINARY[name], SECOND: second },
    params,
    tensors: { a, b, grad_y: gradY, grad },
    threads,
  });
  return grad;
}
