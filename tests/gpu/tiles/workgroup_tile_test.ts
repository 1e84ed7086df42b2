import { assert, assertEquals, assertThrows } from "@std/assert";
import { GPU_CANDIDATES } from "../../../src/tune/candidates.ts";
import { GPU_TILES, MODEST_GPU_TILES, TILED } from "../../../src/gpu/tiles/tiles.ts";
import { fitBlock } from "../../../src/gpu/tiles/workgroup_tile.ts";

const limits = (kib: number, threads = 1024) => ({
  maxComputeInvocationsPerWorkgroup: threads,
  maxComputeWorkgroupStorageSize: kib << 10,
});

const LARGE = { rows: 2048, cols4: 512, inner: 2048 };

/** Bytes that a kernel declares with these constants. */
function declared(
  c: ReturnType<typeof fitBlock>["constants"],
  { rowBytes = 0, depthBytes = 0 },
): number {
  const rows4 = c.QUADS * c.LANES_Y, cols4 = c.COLS * c.LANES_X;
  const slices = 2 * c.DEPTH * 16 * (rows4 + cols4 + c.SPARE);
  return slices + 4 * rows4 * rowBytes + c.DEPTH * depthBytes;
}

Deno.test("fitBlock() keeps the largest tile within what Direct3D lends and what WebGPU promises", () => {
  const shape = (kib: number, rowBytes = 0) => {
    const { constants: c, groups } = fitBlock(
      GPU_TILES.matmul,
      { ...LARGE, rowBytes },
      limits(kib),
    );
    assertEquals(groups, [16, 16]);
    return [c.DEPTH, c.SPARE];
  };
  assertEquals([shape(48), shape(32), shape(16)], [[16, 1], [16, 0], [8, 0]]);
  // With the origins of a convolution's pixels.
  assertEquals([shape(48, 8), shape(32, 8), shape(16, 8)], [[16, 1], [8, 1], [4, 1]]);
});

Deno.test("fitBlock() makes slices that divide the runs of a reduction", () => {
  const depth = (run: number) =>
    fitBlock(GPU_TILES.matmul, { ...LARGE, run }, limits(48)).constants.DEPTH;
  assertEquals([4, 12, 24, 64].map(depth), [4, 4, 8, 16]);
});

Deno.test("fitBlock() never goes beyond the limits, whatever tile and shape", () => {
  const tiles = [
    ...TILED.flatMap((kernel) => [
      GPU_TILES[kernel],
      MODEST_GPU_TILES[kernel],
      ...GPU_CANDIDATES[kernel],
    ]),
    { ...GPU_TILES.matmul, rows: 16, depth: 32, lanes: 1024, lanesX: 32 },
  ];
  const shapes = [[2048, 512, 2048], [1, 1, 1], [7, 300, 9], [5000, 1, 33]];
  for (const room of [limits(16, 256), limits(32), limits(48), limits(64)]) {
    for (const tile of tiles) {
      for (const [rows, cols4, inner] of shapes) {
        for (const kept of [{}, { rowBytes: 8 }, { depthBytes: 32 }]) {
          const { constants: c } = fitBlock(tile, { rows, cols4, inner, ...kept }, room);
          const bytes = declared(c, kept), threads = c.LANES_X * c.LANES_Y;
          assert(
            bytes <= room.maxComputeWorkgroupStorageSize,
            `${bytes} bytes: ${JSON.stringify(c)}`,
          );
          assert(threads <= room.maxComputeInvocationsPerWorkgroup, `${threads} threads`);
        }
      }
    }
  }
});

Deno.test("fitBlock() refuses a tile whose smallest block is more than workgroup memory holds", () => {
  const tile = { ...GPU_TILES.matmul, rows: 4, cols: 16, lanes: 32, lanesX: 8, depth: 32 };
  assertThrows(
    () => fitBlock(tile, LARGE, limits(16)),
    TypeError,
    "bytes, and the adapter has 16384; make cols, rows or depth smaller",
  );
});
