import { assertEquals } from "@std/assert";
import { philox4x32, type PhiloxCounter, type PhiloxKey, uniform } from "../../src/base/philox.ts";

/** From `kat_vectors` of Random123, https://github.com/DEShawResearch/random123. */
const KNOWN: [PhiloxCounter, PhiloxKey, number[]][] = [
  [[0, 0, 0, 0], [0, 0], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
];

for (const [counter, key, words] of KNOWN) {
  Deno.test(`philox4x32() gives the known answer for counter ${counter}`, () => {
    assertEquals([...philox4x32(counter, key)], words);
  });
}

Deno.test("philox4x32() agrees with 64-bit arithmetic", () => {
  const words = new Uint32Array(6);
  for (let i = 0; i < 200; i++) {
    words.set(philox4x32([i, 0, 0, 0], [1, 2]));
    words.set(philox4x32([i, 1, 0, 0], [1, 2]).subarray(0, 2), 4);
    const [c0, c1, c2, c3, k0, k1] = words;
    assertEquals(
      [...philox4x32([c0, c1, c2, c3], [k0, k1])],
      bigPhilox([c0, c1, c2, c3], [k0, k1]),
    );
  }
});

Deno.test("philox4x32() takes words outside u32 as WGSL would, wrapped around", () => {
  assertEquals(
    philox4x32([-1, 2 ** 32, 0, 0], [-1, 0]),
    philox4x32([2 ** 32 - 1, 0, 0, 0], [2 ** 32 - 1, 0]),
  );
});

Deno.test("philox4x32() writes to the words it is given", () => {
  const words = new Uint32Array(4);
  assertEquals(philox4x32([1, 2, 3, 4], [5, 6], words), words);
  assertEquals(words, philox4x32([1, 2, 3, 4], [5, 6]));
});

Deno.test("uniform() lies in [0, 1) and is exact in float32", () => {
  assertEquals(uniform(0), 0);
  assertEquals(uniform(0x80000000), 0.5);
  assertEquals(uniform(0xffffffff), 1 - 2 ** -24);
  assertEquals(Math.fround(uniform(0xffffffff)), uniform(0xffffffff));
});

/** The published round, in integers without bound. */
function bigPhilox(counter: number[], key: number[]): number[] {
  const mask = 0xffffffffn;
  let [c0, c1, c2, c3] = counter.map(BigInt);
  let [k0, k1] = key.map(BigInt);
  for (let round = 0; round < 10; round++) {
    const product0 = 0xd2511f53n * c0, product1 = 0xcd9e8d57n * c2;
    c0 = (product1 >> 32n) ^ c1 ^ k0;
    c1 = product1 & mask;
    c2 = (product0 >> 32n) ^ c3 ^ k1;
    c3 = product0 & mask;
    k0 = (k0 + 0x9e3779b9n) & mask;
    k1 = (k1 + 0xbb67ae85n) & mask;
  }
  return [c0, c1, c2, c3].map(Number);
}
