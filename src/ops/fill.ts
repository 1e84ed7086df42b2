/** Tensors of one value. */
import source from "../../kernels/fill.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { elementsOf } from "../tensor/elements.ts";
import type { Shape } from "../tensor/shape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { elementOf, launch } from "./launch.ts";

const kernel = new Kernel("fill", source);

/**
 * An `f32` tensor with `value` everywhere.
 *
 * @throws {TypeError} For what is no shape, or no number.
 * @throws {RangeError} For a number too large for float32, or when the adapter cannot bind so much.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { full, openGpu } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await full([2, 2], 0.5).read()], [0.5, 0.5, 0.5, 0.5]);
 * ```
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

/**
 * An `f32` tensor of zeros; throws as {@linkcode full}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, zeros } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await zeros([3]).read()], [0, 0, 0]);
 * ```
 */
export function zeros(shape: Shape): Tensor {
  return full(shape, 0);
}

/**
 * An `f32` tensor of ones; throws as {@linkcode full}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { ones, openGpu } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await ones([3]).read()], [1, 1, 1]);
 * ```
 */
export function ones(shape: Shape): Tensor {
  return full(shape, 1);
}
