/** Random bits, drawn on the GPU. */
import source from "../../kernels/random_bits.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { empty } from "../tensor/tensor.ts";
import { launch } from "./launch.ts";
import { readOf } from "../tensor/read_of.ts";

const kernel = new Kernel("random_bits", source);

/**
 * Draws blocks of four random words on the GPU and reads them back. Block `i` is `philox4x32([i, ...counter], key)` of
 * `src/base/philox.ts`, bit for bit, on every adapter: the known answer by which `deno task doctor` judges one.
 *
 * @param blocks How many, at least 1.
 * @param key The seed, and the purpose that keeps two uses of one seed apart. Words outside u32 wrap around.
 * @param counter The upper three words of the counter. Words outside u32 wrap around.
 * @returns `4 * blocks` words.
 * @throws {RangeError} When `blocks` is no whole number from 1.
 *
 * @example The published answer for key 0, counter 0
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu } from "../gpu/device.ts";
 * import { philoxBits } from "./philox.ts";
 *
 * using _gpu = await openGpu();
 * const bits = await philoxBits(1, [0, 0], [0, 0, 0]);
 * assertEquals([...bits], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
 * ```
 */
export async function philoxBits(
  blocks: number,
  [key_x, key_y]: readonly [number, number],
  [counter_y, counter_z, counter_w]: readonly [number, number, number],
): Promise<Uint32Array> {
  if (!Number.isInteger(blocks) || blocks < 1) {
    throw new RangeError(
      `Cannot draw ${blocks} blocks of bits: it must be a whole number from 1`,
    );
  }
  const params = { blocks, counter_y, counter_z, counter_w, key_x, key_y };
  const words = await readOf(() => {
    const bits = empty([4 * blocks], "i32");
    launch(kernel, { params, tensors: { bits }, threads: blocks });
    return bits;
  }) as Int32Array<ArrayBuffer>;
  return new Uint32Array(words.buffer);
}
