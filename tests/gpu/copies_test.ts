import { assertEquals, assertThrows } from "@std/assert";
import { type CopyEnd, encodeCopy, preparedCopy } from "../../src/gpu/copies.ts";
import { heightOf, TEXELS } from "../../src/gpu/wgsl/texels.ts";

const layout = TEXELS["vec4<f32>"];
const row = layout.width * layout.bytes;
const texture = (): CopyEnd => ({ texture: "texture" as unknown as GPUTexture, layout });
const buffer = (size: number, offset = 0): CopyEnd => ({ buffer: { size } as GPUBuffer, offset });

/** What a copy calls, with the numbers that say where. */
function calls(from: CopyEnd, to: CopyEnd, bytes: number) {
  const found: unknown[] = [];
  const encoder = {
    copyBufferToBuffer: (...args: unknown[]) =>
      found.push(["bytes", ...args.filter(Number.isInteger)]),
    copyBufferToTexture: (b: GPUTexelCopyBufferInfo, t: GPUTexelCopyTextureInfo, size: unknown) =>
      found.push(["in", b.offset, b.bytesPerRow, t.origin, size]),
    copyTextureToBuffer: (t: GPUTexelCopyTextureInfo, b: GPUTexelCopyBufferInfo, size: unknown) =>
      found.push(["out", b.offset, b.bytesPerRow, t.origin, size]),
  };
  encodeCopy(encoder as unknown as GPUCommandEncoder, preparedCopy(from, to, bytes));
  return found;
}

Deno.test("encodeCopy() fills whole rows at once, and the last one apart where the buffer ends within it", () => {
  const bytes = 2 * row + 48;
  assertEquals(calls(buffer(512 + bytes, 512), texture(), bytes), [
    ["in", 512, row, [0, 0], [4096, 2]],
    ["in", 512 + 2 * row, row, [0, 2], [3, 1]],
  ]);
  assertEquals(calls(buffer(512 + 3 * row, 512), texture(), bytes), [
    ["in", 512, row, [0, 0], [4096, 3]],
  ]);
  assertEquals(calls(buffer(48), texture(), 48), [["in", 0, row, [0, 0], [3, 1]]]);
});

Deno.test("encodeCopy() writes no further into a buffer than the bytes go", () => {
  assertEquals(calls(texture(), buffer(4 * row), row + 16), [
    ["out", 0, row, [0, 0], [4096, 1]],
    ["out", row, row, [0, 1], [1, 1]],
  ]);
  assertEquals(calls(texture(), buffer(row), row), [["out", 0, row, [0, 0], [4096, 1]]]);
});

Deno.test("encodeCopy() copies bytes between buffers; preparedCopy() refuses two textures", () => {
  assertEquals(calls(buffer(64, 8), buffer(64, 16), 32), [["bytes", 8, 16, 32]]);
  assertThrows(() => preparedCopy(texture(), texture(), 16), TypeError, "from texture to texture");
});

Deno.test("heightOf() is the next power of two", () => {
  const { width } = layout;
  assertEquals([0, 1, width, width + 1, 3 * width, 5 * width].map((n) => heightOf(layout, n)), [
    ...[1, 1, 1, 2, 4, 8],
  ]);
});
