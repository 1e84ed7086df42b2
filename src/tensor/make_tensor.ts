/** Numbers on their way to the GPU. */
import { described, onlyOptions } from "../base/choice.ts";
import { gpu } from "../gpu/device.ts";
import { checkDifferentiable, type DType, DTYPES } from "./dtype.ts";
import { elementsOf } from "./elements.ts";
import { flattened, type Nested } from "./nested.ts";
import { checkShape, type Shape, show, sizeOf } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/** Options of {@linkcode tensor}. */
export interface TensorOptions {
  /** The shape of flat values; nested arrays bring their own. */
  shape?: Shape;
  /** Default: `f32`. */
  dtype?: DType;
  /** True for something to be trained. Default: false. */
  requiresGrad?: boolean;
}

/**
 * Puts numbers on the GPU.
 *
 * @param values Nested arrays, or flat values with `shape`.
 * @throws {TypeError} For an option of another name, when rows differ in length, something is no number, the count does not fit the shape, or an `i32`
 * tensor requires a gradient.
 * @throws {RangeError} For a number that the type does not hold: as `i32` one with a fraction, NaN, or beyond 2^31.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const x = tensor([[1, 2, 3], [4, 5, 6]]);
 * assertEquals(x.shape, [2, 3]);
 * assertEquals([...await x.read()], [1, 2, 3, 4, 5, 6]);
 * ```
 */
export function tensor(values: Nested | ArrayLike<number>, options: TensorOptions = {}): Tensor {
  const known = ["shape", "dtype", "requiresGrad"] as const;
  const { dtype = "f32", requiresGrad = false } = onlyOptions("make a tensor", options, known);
  if (!DTYPES.includes(dtype)) {
    throw new TypeError(`Cannot make a tensor of ${dtype}: the types are ${DTYPES.join(", ")}`);
  }
  const { shape: found, flat } = given(values);
  const shape = options.shape ?? found;
  checkShape("make a tensor", shape);
  if (sizeOf(shape) !== flat.length) {
    throw new TypeError(
      `Cannot make a tensor ${show(shape)} of ${flat.length} values: it has ${
        sizeOf(shape)
      } elements`,
    );
  }
  if (requiresGrad) checkDifferentiable(shape, dtype);
  const elements = elementsOf(`make a tensor ${show(shape)}`, flat, dtype);
  const t = new Tensor([...shape], dtype, gpu().upload(elements));
  t.requiresGrad = requiresGrad;
  return t;
}

/** What {@linkcode tensor} was given, as flat values and the shape that they have by themselves. */
function given(values: unknown): { shape: Shape; flat: ArrayLike<number> } {
  if (Array.isArray(values) || typeof values === "number") return flattened(values as Nested);
  const { length } = Object(values) as Partial<ArrayLike<number>>;
  if (typeof values !== "object" || !Number.isInteger(length)) {
    throw new TypeError(
      `Cannot make a tensor of ${
        described(values)
      }: give a number, nested arrays of numbers, or a typed array`,
    );
  }
  return { shape: [length!], flat: values as ArrayLike<number> };
}
