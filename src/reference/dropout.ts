import { type Array64, array64, size } from "./array64.ts";
import { philox4x32 } from "../base/philox.ts";

/** The purpose of dropout's draws. */
const PURPOSE = 4;

/**
 * What dropout multiplies by: 0 with probability p, else 1 / (1 - p). Element i takes word i mod 4 of Philox with counter
 * (i / 4, draws, 0, 0) and key (seed, purpose), its upper 24 bits as a number from 0 to below 1.
 */
export function dropoutMask(
  shape: readonly number[],
  { p, seed, draws }: { p: number; seed: number; draws: number },
): Array64 {
  const mask = Array.from({ length: size(shape) }, (_, i) => {
    const word = philox4x32([Math.floor(i / 4), draws, 0, 0], [seed, PURPOSE])[i % 4];
    return (word >>> 8) / 2 ** 24 < p ? 0 : 1 / (1 - p);
  });
  return array64(shape, mask);
}
