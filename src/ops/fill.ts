/** Tensors of one value. */
import source from "../../kernels/fill.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { elementsOf } from "../tensor/elements.ts";
import type { Shape } from "../tensor/shape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { elementOf, launch } from "./launch.ts";

const kernel = new Kernel("fill", source);

/**
 * A tensor with `value` everywhere.
 *
 * @throws {TypeError} For what is no shape, or no number.
 * @throws {RangeError} For a number too large for float32, or when the adapter cannot bind so much.
 */
export function full(shape: Shape, value: number): Tensor {
  const [held] = elementsOf("fill a tensor", [value], "f32");
  const y = empty(shape);
  const { Element, width } = elementOf(y.size);
  const size = y.size / width;
  launch(kernel, {
    constants: { Element },
    params: { size, value: held },
    tensors: { y },
    threads: size,
  });
  return y;
}

/** A tensor of zeros; throws as {@linkcode full}. */
export function zeros(shape: Shape): Tensor {
  return full(shape, 0);
}

/** A tensor of ones; throws as {@linkcode full}. */
export function ones(shape: Shape): Tensor {
  return full(shape, 1);
}
