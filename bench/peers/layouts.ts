/** Arrays whose axes change places, for programs with layouts of their own. */
import { type Array64, array64 } from "../../src/reference/array64.ts";
import { oneHot } from "../../src/reference/one_hot.ts";
import { transpose } from "../../src/reference/transpose.ts";
import type { NamedArray } from "./program.ts";

/** The same array with its axes in another order, as NumPy's `transpose`. */
export function permuted({ shape, data }: NamedArray, order: readonly number[]): NamedArray {
  return float32(transpose(array64(shape, data), order));
}

function float32({ shape, data }: Array64): NamedArray {
  return { shape, data: Float32Array.from(data) };
}

/** Images from channels last to channels first. */
export const firstChannels: readonly number[] = [0, 3, 1, 2];

/** And back. */
export const lastChannels: readonly number[] = [0, 2, 3, 1];

/** Weights for jax-js: kernels `[out, in, kh, kw]`; what follows a flattening in its order of channels first. */
export const toJax = {
  kernel: [3, 2, 0, 1] as readonly number[],
  kernelBack: [2, 3, 1, 0] as readonly number[],
  parameter: (name: string, array: NamedArray): NamedArray => {
    if (array.shape.length === 4) return permuted(array, toJax.kernel);
    // LeNet++ flattens 3x3 images; the ResNet's images are one pixel in the end.
    const [rows, columns] = array.shape;
    if (name !== "fc1.weight" || rows % 9 !== 0) return array;
    const unflattened = { shape: [3, 3, rows / 9, columns], data: array.data };
    return { shape: array.shape, data: permuted(unflattened, [2, 0, 1, 3]).data };
  },
};

/** Labels as rows of zeros with a one each. */
export function oneHotRows(labels: Float32Array, classes: number): NamedArray {
  return float32(oneHot([...labels], classes));
}
