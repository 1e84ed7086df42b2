/** Arrays to run a kernel on. */
import { Random } from "../model/random.ts";
import { sizeOf } from "../tensor/shape.ts";

/** An array of a shape. */
export interface Operand {
  shape: readonly number[];
  data: Float32Array<ArrayBuffer>;
}

/** A prime, so that no stride of an array is a multiple of it: what lies near each other is not equal. */
const DRAWN = 65521;

/** Random numbers in [-1, 1), the same in every run; repeated, because drawing millions takes seconds. */
export function drawn(shape: readonly number[], stream: number): Operand {
  const random = new Random(1, "weights", stream);
  const size = sizeOf(shape);
  const some = Float32Array.from({ length: Math.min(size, DRAWN) }, () => 2 * random.uniform() - 1);
  const data = new Float32Array(size);
  for (let at = 0; at < size; at += DRAWN) {
    data.set(some.subarray(0, Math.min(DRAWN, size - at)), at);
  }
  return { shape, data };
}
