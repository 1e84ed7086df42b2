/** Tensors side by side along a new axis, and a tensor in pieces. */
import { checkTensorList, checkTensors } from "../tensor/operands.ts";
import { checkList, normalizeAxes, show } from "../tensor/shape.ts";
import { allOrNothing } from "../tensor/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { concat, reshape, slice } from "./layout.ts";
import { lettingGo } from "./letting_go.ts";

/**
 * Tensors of one shape one after the other along a new axis, of either type.
 *
 * @param axis Place of the new axis in the result, a negative one from the end. Default: the first.
 * @throws {TypeError} When there are none, or their shapes or types differ.
 * @throws {RangeError} For an axis the result does not have.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, stack, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const y = stack([tensor([1, 2]), tensor([3, 4])], 1);
 * assertEquals(y.shape, [2, 2]);
 * assertEquals([...await y.read()], [1, 3, 2, 4]);
 * ```
 */
export function stack(tensors: readonly Tensor[], axis = 0): Tensor {
  checkTensorList("stack()", tensors);
  if (tensors.length === 0) throw new TypeError("Cannot stack no tensors: give at least one");
  const { shape } = tensors[0];
  const different = tensors.find((t) => show(t.shape) !== show(shape));
  if (different) {
    throw new TypeError(
      `Cannot stack ${show(shape)} and ${show(different.shape)}: all shapes must be equal`,
    );
  }
  const [at] = normalizeAxes("stack along", [...shape, 1], axis);
  const stretched = shape.toSpliced(at, 0, 1);
  return allOrNothing(() => {
    const made = tensors.map((t) => reshape(t, stretched));
    return lettingGo(concat(made, at), ...made);
  });
}

/** Lengths of so many equal parts, where there are such. */
function equalLengths(length: number, parts: number): number[] | undefined {
  const fit = Number.isInteger(parts) && parts > 0 && parts <= length && length % parts === 0;
  return fit ? new Array(parts).fill(length / parts) : undefined;
}

/**
 * A tensor in pieces along an axis, of either type: what {@linkcode concat} would join.
 *
 * @param sizes Lengths of the pieces, which sum to the axis; or how many of equal length.
 * @param axis A negative one counts from the end. Default: the first.
 * @throws {RangeError} When the pieces do not make up the axis, or there is no such axis.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, split, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const [mean, rest] = split(tensor([[1, 2, 3], [4, 5, 6]]), [1, 2], 1);
 * assertEquals([...await mean.read()], [1, 4]);
 * assertEquals([...await rest.read()], [2, 3, 5, 6]);
 * ```
 */
export function split(x: Tensor, sizes: number | readonly number[], axis = 0): Tensor[] {
  checkTensors("split()", { x });
  const [at] = normalizeAxes("split", x.shape, axis);
  const length = x.shape[at];
  if (typeof sizes !== "number") checkList(`split ${show(x.shape)}`, "the list of sizes", sizes);
  const lengths = typeof sizes === "number" ? equalLengths(length, sizes) : sizes;
  const whole = lengths?.every((n) => Number.isInteger(n) && n > 0);
  if (!lengths || !whole || lengths.reduce((sum, n) => sum + n, 0) !== length) {
    throw new RangeError(
      `Cannot split axis ${axis} of ${show(x.shape)} into ${
        typeof sizes === "number" ? `${sizes} parts` : show(sizes)
      }: they must be whole numbers from 1 that sum to ${length}`,
    );
  }
  let from = 0;
  return lengths.map((n) => {
    const begin = x.shape.map((_, i) => i === at ? from : 0);
    from += n;
    return slice(x, begin, x.shape.map((all, i) => i === at ? from : all));
  });
}
