import { type Array64, array64, size } from "./array64.ts";
import { philox4x32 } from "./philox.ts";

/** Uniform float32 numbers in [low, high), which GPU and twin both hold exactly; the same for the same seed in every run. */
export function uniform(shape: readonly number[], { low = -2, high = 2, seed = 1 } = {}): Array64 {
  const words = Array.from(
    { length: size(shape) },
    (_, i) => philox4x32([i, 0, 0, 0], [seed, 0])[0],
  );
  return array64(shape, words.map((word) => Math.fround(low + (high - low) * word / 2 ** 32)));
}
