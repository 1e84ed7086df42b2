/** The generator on the GPU against the one on the CPU. */
import { assertEquals, assertRejects } from "@std/assert";
import { philox4x32 } from "../../src/base/philox.ts";
import { philoxBits } from "../../src/ops/philox.ts";

Deno.test("philoxBits() gives the known answer for counter 0, key 0", async () => {
  const known = [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8];
  assertEquals([...await philoxBits(1, [0, 0], [0, 0, 0])], known);
});

type Draw = [
  name: string,
  blocks: number,
  key: [number, number],
  counter: [number, number, number],
];

const draws: Draw[] = [
  ["a workgroup and one block", 65, [1, 0], [0, 0, 0]],
  ["every word of key and counter", 7, [0xa4093822, 0x299f31d0], [
    0x85a308d3,
    0x13198a2e,
    0x3707344,
  ]],
  ["the largest words", 3, [0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff, 0xffffffff]],
  ["words outside u32", 2, [-1, 2 ** 32 + 5], [-7, 2 ** 33, 1]],
];
for (const [name, blocks, key, counter] of draws) {
  Deno.test(`philoxBits() equals philox4x32() for ${name}`, async () => {
    const twin = Array.from({ length: blocks }, (_, i) => [...philox4x32([i, ...counter], key)]);
    assertEquals([...await philoxBits(blocks, key, counter)], twin.flat());
  });
}

Deno.test("philoxBits() refuses a number of blocks that is none", async () => {
  for (const blocks of [0, -1, 1.5, NaN]) {
    await assertRejects(
      () => philoxBits(blocks, [0, 0], [0, 0, 0]),
      RangeError,
      `Cannot draw ${blocks} blocks of bits: it must be a whole number from 1`,
    );
  }
});
