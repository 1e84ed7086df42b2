/** The index of the largest or smallest element of a row. */
import source from "../../kernels/argmax.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { rangeBelow } from "../gpu/number_range.ts";
import { checkDType } from "../tensor/operands.ts";
import { show } from "../tensor/shape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { launch, overRows } from "./launch.ts";

const kernel = new Kernel("argmax", source);

function extremum(act: string, x: Tensor, minimum: boolean): Tensor {
  checkDType(act, "f32", { x });
  if (x.shape.length === 0) {
    throw new TypeError(`Cannot take ${act} of []: a scalar has no rows`);
  }
  const cols = x.shape.at(-1)!;
  if (cols === 0) throw new TypeError(`Cannot take ${act} of ${show(x.shape)}: its rows are empty`);
  const indices = empty(x.shape.slice(0, -1), "i32");
  const { constants, threads, passes } = overRows(indices.size, cols);
  launch(kernel, {
    constants: { MINIMUM: minimum, ...constants },
    params: { rows: indices.size, cols },
    tensors: { x, places: indices },
    threads,
    passes,
  });
  indices.view.storage.range = rangeBelow(cols);
  return indices;
}

/**
 * The index of the largest element along the last axis, the first among equals; of a NaN where there is one. No gradient.
 *
 * @param x `[..., n]`.
 * @returns `[...]`, `i32`.
 * @throws {TypeError} For a scalar, and for rows without elements.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { argmax, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await argmax(tensor([[1, 5, 5], [3, NaN, 9]])).read()], [1, 1]);
 * ```
 */
export function argmax(x: Tensor): Tensor {
  return extremum("argmax", x, false);
}

/**
 * The same of the smallest element: {@linkcode argmax} has shapes and errors.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { argmin, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await argmin(tensor([[5, 1, 1], [3, NaN, 0]])).read()], [1, 1]);
 * ```
 */
export function argmin(x: Tensor): Tensor {
  return extremum("argmin", x, true);
}
