import { type Array64, array64, zeros } from "./array64.ts";
import { philox4x32 } from "../base/philox.ts";

/**
 * Uniform float32 numbers from `low` to `high`, which rounding may reach; GPU and twin both hold them exactly. The same for
 * the same seed in every run.
 */
export function uniform(shape: readonly number[], { low = -2, high = 2, seed = 1 } = {}): Array64 {
  const { data } = zeros(shape), words = new Uint32Array(4);
  const draw = (i: number) => philox4x32([i, 0, 0, 0], [seed, 0], words)[0] / 2 ** 32;
  return array64(shape, data.map((_, i) => Math.fround(low + (high - low) * draw(i))));
}
