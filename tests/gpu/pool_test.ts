import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { MemoryPool, sizeClass } from "../../src/gpu/pool.ts";

Deno.test("sizeClass() spares at most a quarter and keeps offsets aligned", () => {
  assertEquals([1, 256, 257, 1024, 1025].map((bytes) => sizeClass(bytes)), [
    256,
    256,
    512,
    1024,
    1280,
  ]);
  for (let bytes = 1; bytes < 1e8; bytes = Math.ceil(bytes * 1.37)) {
    const size = sizeClass(bytes);
    assert(size >= bytes && size % 256 === 0, `${size} for ${bytes}`);
    if (bytes >= 1024) assert(size <= bytes * 1.25, `${size} for ${bytes}`);
  }
});

Deno.test("sizeClass() does not go beyond the largest buffer", () => {
  assertEquals([900, 1025, 1100, 1201].map((bytes) => sizeClass(bytes, 1200)), [
    1024,
    1028,
    1100,
    1204,
  ]);
  assertEquals([1025, 1100, 1270].map((bytes) => sizeClass(bytes, 1279)), [1028, 1100, 1272]);
  assertEquals([1025, 1281, 1500].map((bytes) => sizeClass(bytes, 1536)), [1280, 1536, 1536]);
});

/** A device that makes buffers of so many bytes, and binds so many. */
function device(maxBufferSize: number, maxStorageBufferBindingSize: number): GPUDevice {
  return {
    limits: { maxBufferSize, maxStorageBufferBindingSize },
    createBuffer: ({ size }: { size: number }) => {
      assert(size <= maxBufferSize, `a buffer of ${size} bytes`);
      return { size, destroy: () => {} };
    },
  } as unknown as GPUDevice;
}

Deno.test("MemoryPool hands out the largest buffer there may be, again too, and refuses what is larger", () => {
  for (const [most, binding] of [[5000, 9000], [9000, 5000], [5000, 5000]]) {
    const pool = new MemoryPool(device(most, binding), () => {});
    pool.check(5000);
    const buffer = pool.take(5000);
    assert(buffer.size >= 5000);
    pool.giveBack(buffer);
    assertStrictEquals(pool.take(5000), buffer);
    assertThrows(
      () => pool.check(5001),
      RangeError,
      "Cannot allocate a tensor of 5001 bytes: this adapter binds at most 5000",
    );
  }
});
