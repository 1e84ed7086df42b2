/** The kernels behind the functions of two elements; no gradients here. */
import gradSource from "../../kernels/binary_grad.wgsl" with { type: "text" };
import source from "../../kernels/binary.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { broadcastShape, broadcastStrides, collapse, stridesOf } from "../tensor/shape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { launch } from "./launch.ts";

const kernel = new Kernel("binary", source);
const gradKernel = new Kernel("binary_grad", gradSource);

/** Numbers of the functions in `kernels/binary.wgsl`. */
export const BINARY = { add: 0, sub: 1, mul: 2, div: 3, pow: 4, maximum: 5 } as const;

/** The name of a function of two elements. */
export type BinaryName = keyof typeof BINARY;

function walk(a: Tensor, b: Tensor, shape: readonly number[]) {
  const strides = [
    broadcastStrides(a.shape, shape),
    broadcastStrides(b.shape, shape),
    stridesOf(shape),
  ];
  const box = collapse(shape, strides);
  return {
    rank: box.shape.length,
    params: { shape: box.shape, strides_a: box.strides[0], strides_b: box.strides[1] },
  };
}

/** `f(a, b)` with broadcasting. */
export function evaluateBinary(name: BinaryName, a: Tensor, b: Tensor): Tensor {
  const y = empty(broadcastShape(name, a.shape, b.shape));
  const { rank, params } = walk(a, b, y.shape);
  launch(kernel, {
    constants: { OP: BINARY[name], RANK: rank },
    params: { ...params, size: y.size },
    tensors: { a, b, y },
    threads: y.size,
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
  const { rank, params } = walk(a, b, gradY.shape);
  launch(gradKernel, {
    constants: { OP: BINARY[name], RANK: rank, SECOND: second },
    params: { ...params, size: grad.size },
    tensors: { a, b, grad_y: gradY, grad },
    threads: grad.size,
  });
  return grad;
}
