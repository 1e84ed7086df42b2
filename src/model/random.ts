/** Random numbers for initialization and shuffling: a stream of Philox, by seed and purpose. */
import { checkChoice, described } from "../base/choice.ts";
import { philox4x32, uniform } from "../base/philox.ts";
import { PURPOSE as DROPOUT_PURPOSE } from "../ops/dropout.ts";

/** What a stream is for: streams of one seed and different purposes have nothing in common. */
export const PURPOSES = {
  weights: 1,
  centers: 2,
  shuffle: 3,
  augmentation: 0,
  dropout: DROPOUT_PURPOSE,
  imbalance: 5,
  "label-noise": 6,
} as const;

/**
 * A stream of random numbers, the same on every machine.
 *
 * @example
 * ```ts
 * import { assertEquals, assertNotEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { Random } from "../../mod.ts";
 *
 * assertEquals(new Random(1, "weights").uniform(), new Random(1, "weights").uniform());
 * assertNotEquals(new Random(1, "weights").uniform(), new Random(1, "centers").uniform());
 * ```
 */
export class Random {
  readonly #key: [number, number];
  readonly #stream: number;
  readonly #words = new Uint32Array(4);
  #block = 0;
  #left = 0;

  /**
   * `stream` tells apart streams of one purpose, as the epoch does for shuffles.
   *
   * @throws {RangeError} When `seed` or `stream` is no whole number from 0 to below 2^32, or the purpose is unknown.
   */
  constructor(seed: number, purpose: keyof typeof PURPOSES, stream = 0) {
    checkChoice("draw random numbers", "purpose", purpose, Object.keys(PURPOSES));
    for (const [name, value] of Object.entries({ seed, stream })) {
      if (Number.isInteger(value) && value >= 0 && value < 2 ** 32) continue;
      throw new RangeError(
        `Cannot draw random numbers: ${name} is ${
          described(value)
        }; it is a whole number from 0 to below 2 ** 32`,
      );
    }
    this.#key = [seed, PURPOSES[purpose]];
    this.#stream = stream;
  }

  /** 32 random bits. */
  bits(): number {
    if (this.#left === 0) {
      philox4x32([this.#block++, this.#stream, 0, 0], this.#key, this.#words);
      this.#left = 4;
    }
    return this.#words[4 - this.#left--];
  }

  /** A number in [0, 1). */
  uniform(): number {
    return uniform(this.bits());
  }

  /** A standard normal number (Box and Muller 1958). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** The numbers 0 to n - 1 in random order (Fisher and Yates). */
  permutation(n: number): Uint32Array<ArrayBuffer> {
    const order = Uint32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      // The upper 32 bits of a 64-bit product: uniform up to a bias of n / 2^32.
      const j = Math.floor(this.bits() * (i + 1) / 2 ** 32);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }
}
