/**
 * Philox4x32-10, the counter-based random generator of Salmon, Moraes, Dror and Shaw, "Parallel
 * random numbers: as easy as 1, 2, 3" (SC 2011), https://doi.org/10.1145/2063384.2063405.
 *
 * There is no state to carry along: the four words at a counter are a function of (key, counter)
 * alone. So a draw can be made in any order, on the CPU or by one GPU invocation among thousands,
 * and always gives the same integers. By convention in this project the key holds the seed and a
 * purpose, and the counter says which draw it is (its number, the sample, the epoch).
 *
 * @module
 */

/** The four words of a counter, the last varying slowest by convention. Each an unsigned 32-bit integer. */
export type PhiloxCounter = readonly [number, number, number, number];

/** The two words of a key: the seed, and the purpose that keeps two uses of one seed apart. */
export type PhiloxKey = readonly [number, number];

const ROUNDS = 10;
const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
/** The golden ratio and sqrt(3) - 1 as 32-bit fractions: what a round adds to the key (a Weyl sequence). */
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;

/**
 * Four random unsigned 32-bit integers for one counter under one key, each uniform over all of u32.
 *
 * @example The published answer for key 0, counter 0
 * ```ts
 * import { philox4x32, uniform } from "./philox.ts";
 * import { assert, assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const words = philox4x32([0, 0, 0, 0], [0, 0]);
 *
 * assertEquals([...words], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
 * assert(words.every((word) => uniform(word) < 1));
 * ```
 *
 * @param counter Which draw. Words outside u32 wrap around, as they would in WGSL.
 * @param key Which sequence. Words outside u32 wrap around.
 * @param words Where to put the result, shape [4]. A loop that passes its own saves most of the time.
 */
export function philox4x32(
  counter: PhiloxCounter,
  key: PhiloxKey,
  words: Uint32Array<ArrayBuffer> = new Uint32Array(4),
): Uint32Array<ArrayBuffer> {
  // As signed 32-bit integers, which stay in registers; the bits are the same.
  let c0 = counter[0] | 0, c1 = counter[1] | 0, c2 = counter[2] | 0, c3 = counter[3] | 0;
  let k0 = key[0] | 0, k1 = key[1] | 0;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low0 = Math.imul(MULTIPLIER_0, c0);
    const low1 = Math.imul(MULTIPLIER_1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + WEYL_0) | 0;
    k1 = (k1 + WEYL_1) | 0;
  }
  words[0] = c0;
  words[1] = c1;
  words[2] = c2;
  words[3] = c3;
  return words;
}

/**
 * A number in [0, 1) from the upper 24 bits of a random word: `(word >>> 8) * 2^-24`.
 *
 * 24 bits are what a float32 holds, so WGSL's `f32(word >> 8u) * 0x1p-24` gives the same number.
 */
export function uniform(word: number): number {
  return (word >>> 8) * 2 ** -24;
}

/** The upper 32 bits of the 64-bit product of two u32, from 16-bit halves as WGSL must do it too. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff, aHigh = a >>> 16;
  const bLow = b & 0xffff, bHigh = b >>> 16;
  const lowHigh = Math.imul(aLow, bHigh);
  const highLow = Math.imul(aHigh, bLow);
  const middle = (Math.imul(aLow, bLow) >>> 16) + (lowHigh & 0xffff) + (highLow & 0xffff);
  return (Math.imul(aHigh, bHigh) + (lowHigh >>> 16) + (highLow >>> 16) + (middle >>> 16)) | 0;
}
