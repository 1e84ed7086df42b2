/** Numbers as a type holds them. */
import type { DType } from "./dtype.ts";
import { described } from "../base/choice.ts";

/** Elements on the CPU: a `Float32Array` of an `f32` tensor, an `Int32Array` of an `i32` one. */
export type Elements = Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/** What each type holds. */
const HOLDS: Record<DType, string> = {
  f32: "f32 holds numbers up to 3.4e38, infinities and NaN",
  i32: "i32 holds whole numbers from -2147483648 to 2147483647",
};

/**
 * Numbers in an array of a type; an array of that type as it is. `f32` rounds, and nothing else changes a number.
 *
 * @param act What is done with them, for the message.
 * @throws {RangeError} For a number that the type does not hold.
 * @throws {TypeError} For what is no number.
 */
export function elementsOf(act: string, values: ArrayLike<number>, dtype: DType): Elements {
  const Own = dtype === "f32" ? Float32Array : Int32Array;
  if (values instanceof Own) return values as Elements;
  const held = new Own(values.length);
  for (let i = 0; i < held.length; i++) {
    const value: unknown = values[i];
    if (typeof value !== "number") {
      throw new TypeError(`Cannot ${act}: value ${i} is ${described(value)}; give numbers`);
    }
    held[i] = value;
    const fits = dtype === "i32"
      ? held[i] === value
      : Number.isFinite(held[i]) || !Number.isFinite(value);
    if (!fits) throw new RangeError(`Cannot ${act}: value ${i} is ${value}; ${HOLDS[dtype]}`);
  }
  return held;
}
