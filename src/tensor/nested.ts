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
  const place: number[] = [];
  const walk = (v: unknown) => {
    const rows = place.length < shape.length;
    if (Array.isArray(v) ? !rows || v.length !== shape[place.length] : rows && isNumber(v)) {
      throw new TypeError(
        `Cannot make a tensor: the first rows are ${show(shape)}, but rows differ in length`,
      );
    }
    if (Array.isArray(v)) {
      const last = place.push(0) - 1;
      for (place[last] = 0; place[last] < v.length; place[last]++) walk(v[place[last]]);
      place.pop();
    } else if (isNumber(v)) {
      flat.push(v);
    } else {
      throw new TypeError(
        `Cannot make a tensor: element ${show(place)} is ${
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
