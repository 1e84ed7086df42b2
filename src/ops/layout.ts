/** Ops that move elements and do not change them, of either type: reshape, transpose, slice, concat. */
import { checkTensorList, checkTensors, commonDType } from "../tensor/operands.ts";
import { checkList, normalizeAxes, type Shape, show, sizeOf, stridesOf } from "../tensor/shape.ts";
import { withGradient } from "../tensor/tape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { copyBox } from "./copy.ts";
import { zeros } from "./fill.ts";

/**
 * The same elements in another shape; one axis may be -1 and takes what is left. Shares the memory of `x`.
 *
 * @throws {TypeError} When the sizes differ, or more than one axis is -1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, reshape, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals(reshape(tensor([1, 2, 3, 4, 5, 6]), [2, -1]).shape, [2, 3]);
 * ```
 */
export function reshape(x: Tensor, shape: Shape): Tensor {
  checkTensors("reshape()", { x });
  checkList(`reshape ${show(x.shape)}`, "the shape", shape);
  const known = shape.reduce((n, length) => length === -1 ? n : n * length, 1);
  const to = shape.map((length) => length === -1 ? x.size / known : length);
  const free = shape.filter((length) => length === -1).length;
  if (free === 1 && known === 0 && x.size === 0) {
    throw new TypeError(
      `Cannot reshape ${show(x.shape)} to ${
        show(shape)
      }: beside an axis of length 0, -1 may be any length; give it as a number`,
    );
  }
  if (free > 1 || sizeOf(to) !== x.size || to.some((n) => !Number.isInteger(n) || n < 0)) {
    throw new TypeError(
      `Cannot reshape ${show(x.shape)} to ${
        show(shape)
      }: the sizes must be equal, ${x.size}, and at most one axis -1`,
    );
  }
  return withGradient("reshape", [x], x.alias(to), (g) => [g.alias(x.shape)]);
}

function permuted(x: Tensor, axes: readonly number[]): Tensor {
  const strides = stridesOf(x.shape);
  const y = empty(axes.map((axis) => x.shape[axis]), x.dtype);
  copyBox(y.shape, { tensor: x, strides: axes.map((axis) => strides[axis]) }, { tensor: y });
  return y;
}

/**
 * Axes in another order: axis `i` of the result is axis `axes[i]` of `x`.
 *
 * @param axes Negative ones count from the end. Default: all, reversed.
 * @throws {RangeError} When `axes` does not name every axis once.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, tensor, transpose } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const images = tensor([1, 2, 3, 4, 5, 6], { shape: [1, 3, 1, 2] }); // channels first
 * const y = transpose(images, [0, 2, 3, 1]);
 * assertEquals(y.shape, [1, 1, 2, 3]);
 * assertEquals([...await y.read()], [1, 3, 5, 2, 4, 6]);
 * ```
 */
export function transpose(x: Tensor, axes?: readonly number[]): Tensor {
  checkTensors("transpose()", { x });
  if (axes !== undefined) checkList(`transpose ${show(x.shape)}`, "the order", axes);
  const order = (axes ?? x.shape.map((_, i) => x.shape.length - 1 - i)).map((axis) =>
    axis < 0 ? axis + x.shape.length : axis
  );
  if (normalizeAxes("transpose", x.shape, order).length !== x.shape.length) {
    throw new RangeError(
      `Cannot transpose ${show(x.shape)} by ${show(order)}: every axis must be named once`,
    );
  }
  const inverse = order.map((_, i) => order.indexOf(i));
  return withGradient("transpose", [x], permuted(x, order), (g) => [permuted(g, inverse)]);
}

/**
 * The part of `x` from `begin` up to, not including, `end`, each with a number an axis; leading axes may be enough.
 * Negative numbers count from the end.
 *
 * @throws {RangeError} When a part is empty or lies outside.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, slice, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const x = tensor([[1, 2, 3], [4, 5, 6]]);
 * assertEquals([...await slice(x, [0, 1], [2, 3]).read()], [2, 3, 5, 6]);
 * ```
 */
export function slice(x: Tensor, begin: readonly number[], end: readonly number[]): Tensor {
  checkTensors("slice()", { x });
  for (const [name, numbers] of Object.entries({ begin, end })) {
    checkList(`slice ${show(x.shape)}`, name, numbers);
  }
  if (Math.max(begin.length, end.length) > x.shape.length) {
    throw new RangeError(
      `Cannot slice ${show(x.shape)} from ${show(begin)} to ${
        show(end)
      }: these are more numbers than axes`,
    );
  }
  const wrap = (n: number, length: number) => n < 0 ? n + length : n;
  const from = x.shape.map((length, i) => wrap(begin[i] ?? 0, length));
  const to = x.shape.map((length, i) => wrap(end[i] ?? length, length));
  x.shape.forEach((length, i) => {
    if (
      !Number.isInteger(from[i]) || !Number.isInteger(to[i]) || from[i] < 0 || to[i] > length ||
      from[i] > to[i] || from[i] === to[i] && length > 0
    ) {
      throw new RangeError(
        `Cannot slice ${show(x.shape)} from ${show(begin)} to ${
          show(end)
        }: axis ${i} has the places 0 to ${length}, ` +
          "and the part must not be empty",
      );
    }
  });
  const strides = stridesOf(x.shape);
  const offset = from.reduce((sum, n, i) => sum + n * strides[i], 0);
  const y = empty(to.map((n, i) => n - from[i]), x.dtype);
  copyBox(y.shape, { tensor: x, offset }, { tensor: y });
  return withGradient("slice", [x], y, (g) => {
    const grad = zeros(x.shape);
    copyBox(g.shape, { tensor: g }, { tensor: grad, offset });
    return [grad];
  });
}

/**
 * Tensors one after the other along an axis.
 *
 * @param axis A negative one counts from the end. Default: the first.
 * @throws {TypeError} When there are none, or types or other axes differ.
 * @throws {RangeError} When there is no such axis.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { concat, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const y = concat([tensor([[1], [2]]), tensor([[3, 4], [5, 6]])], 1);
 * assertEquals([...await y.read()], [1, 3, 4, 2, 5, 6]);
 * ```
 */
export function concat(tensors: readonly Tensor[], axis = 0): Tensor {
  checkTensorList("concat()", tensors);
  if (tensors.length === 0) throw new TypeError("Cannot concat no tensors: give at least one");
  const [along] = normalizeAxes("concat along", tensors[0].shape, axis);
  const shapes = tensors.map((t) => t.shape);
  for (const s of shapes) {
    if (s.length !== shapes[0].length || s.some((n, i) => i !== along && n !== shapes[0][i])) {
      throw new TypeError(
        `Cannot concat ${
          shapes.map(show).join(", ")
        } along axis ${axis}: all other axes must be equal`,
      );
    }
  }
  const shape = shapes[0].map((n, i) => i === along ? shapes.reduce((sum, s) => sum + s[i], 0) : n);
  const strides = stridesOf(shape);
  let at = 0;
  const offsets = shapes.map((s) => (at += s[along]) - s[along]).map((n) => n * strides[along]);
  const y = empty(shape, commonDType("concat", tensors));
  tensors.forEach((t, i) => copyBox(t.shape, { tensor: t }, { tensor: y, offset: offsets[i] }));
  return withGradient("concat", tensors, y, (g) =>
    tensors.map((t, i) => {
      if (!t.requiresGrad) return undefined;
      const grad = empty(t.shape);
      copyBox(t.shape, { tensor: g, offset: offsets[i] }, { tensor: grad });
      return grad;
    }));
}
