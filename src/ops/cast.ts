/** Numbers of one type as numbers of another. */
import source from "../../kernels/cast.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { type DType, DTYPES } from "../tensor/dtype.ts";
import { checkTensors } from "../tensor/operands.ts";
import { show } from "../tensor/shape.ts";
import { withGradient } from "../tensor/tape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { launch } from "./launch.ts";

const kernel = new Kernel("cast", source);

/**
 * The same numbers in another type.
 *
 * `f32` to `i32` drops the fraction, as PyTorch does: 2.7 becomes 2, -2.7 becomes -2. What lies outside of `i32` becomes
 * its nearest number, -2,147,483,648 or 2,147,483,647, infinities too; NaN becomes 0. `i32` to `f32` is exact up to 2^24
 * and rounds beyond. No gradient goes through either; to the type that it has, `x` is given as it is, with its gradient.
 *
 * @returns A tensor of the same shape.
 * @throws {TypeError} For another type than `f32` and `i32`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { cast, openGpu, sum, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const x = tensor([1.5, -2.7, 3e9, NaN]);
 * assertEquals([...await cast(x, "i32").read()], [1, -2, 2147483647, 0]);
 * const labels = tensor([3, 4], { dtype: "i32" });
 * assertEquals(await sum(cast(labels, "f32")).item(), 7);
 * ```
 */
export function cast(x: Tensor, dtype: DType): Tensor {
  checkTensors("cast()", { x });
  if (!DTYPES.includes(dtype)) {
    throw new TypeError(
      `Cannot cast ${x.dtype} ${show(x.shape)} to "${dtype}": the types are ${DTYPES.join(", ")}`,
    );
  }
  if (x.dtype === dtype) return withGradient("cast", [x], x.alias(), (g) => [g.alias()]);
  const y = empty(x.shape, dtype);
  launch(kernel, {
    constants: { WHOLE: x.dtype === "i32", From: x.dtype, To: dtype },
    params: { size: x.size },
    tensors: { x, y },
    threads: x.size,
  });
  return y;
}
