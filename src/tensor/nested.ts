/** Arrays of arrays of numbers. */
import { described } from "../base/choice.ts";
import { show } from "./shape.ts";

/** Nested arrays of numbers. */
export type Nested = number | readonly Nested[];

/**
 * Nested arrays as the lengths of their axes and the numbers in row-major order.
 *
 * @throws {TypeError} When rows differ in length, or something is no number.
 */
export function flattened(values: Nested): { shape: number[]; flat: number[] } {
  const shape: number[] = [];
  for (let v: unknown = values; Array.isArray(v); v = v[0]) shape.push(v.length);
  const flat: number[] = [];
  const index: number[] = [];
  const walk = (v: unknown) => {
    const rows = index.length < shape.length;
    if (Array.isArray(v) ? !rows || v.length !== shape[index.length] : rows && isNumber(v)) {
      throw new TypeError(
        `Cannot make a tensor: the first rows are ${show(shape)}, but rows differ in length`,
      );
    }
    if (Array.isArray(v)) {
      const last = index.push(0) - 1;
      for (index[last] = 0; index[last] < v.length; index[last]++) walk(v[index[last]]);
      index.pop();
    } else if (isNumber(v)) {
      flat.push(v);
    } else {
      throw new TypeError(
        `Cannot make a tensor: element ${show(index)} is ${
          described(v)
        }; give numbers, in nested arrays or in one flat array with a shape`,
      );
    }
  };
  walk(values);
  return { shape, flat };
}

function isNumber(v: unknown): v is number {
  return typeof v === "number";
}
