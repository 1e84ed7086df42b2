/** Tensors of one value. */
import source from "../../kernels/fill.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import type { Shape } from "../tensor/shape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { launch } from "./launch.ts";

const kernel = new Kernel("fill", source);

/** A tensor with `value` everywhere. */
export function full(shape: Shape, value: number): Tensor {
  const y = empty(shape);
  launch(kernel, { params: { size: y.size, value }, tensors: { y }, threads: y.size });
  return y;
}

/** A tensor of zeros. */
export function zeros(shape: Shape): Tensor {
  return full(shape, 0);
}

/** A tensor of ones. */
export function ones(shape: Shape): Tensor {
  return full(shape, 1);
}
