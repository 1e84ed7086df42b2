/** Hits of a batch. */
import source from "../../kernels/equal_count.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { checkTensors } from "../tensor/operands.ts";
import { sameShape, show } from "../tensor/shape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { launch } from "./launch.ts";

const kernel = new Kernel("equal_count", source);

/**
 * In how many places two `i32` tensors agree, as an `f32` scalar; no gradient.
 *
 * @throws {TypeError} When shapes differ or a tensor is not `i32`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { argmax, equalCount, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const logits = tensor([[1, 2], [3, 0]]), labels = tensor([1, 1], { dtype: "i32" });
 * assertEquals(await equalCount(argmax(logits), labels).item(), 1);
 * ```
 */
export function equalCount(a: Tensor, b: Tensor): Tensor {
  checkTensors("equalCount()", { a, b });
  if (!sameShape(a.shape, b.shape) || a.dtype !== "i32" || b.dtype !== "i32") {
    throw new TypeError(
      `Cannot compare ${a.dtype} ${show(a.shape)} with ${b.dtype} ${
        show(b.shape)
      }: both must be i32 of one shape`,
    );
  }
  const count = empty([]);
  launch(kernel, {
    params: { size: a.size },
    tensors: { a, b, count },
    groups: [1],
    passes: a.size / 64 + 64,
  });
  return count;
}
