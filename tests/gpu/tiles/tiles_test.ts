import { assert, assertEquals } from "@std/assert";
import { candidatesFor, GPU_CANDIDATES } from "../../../src/tune/candidates.ts";
import {
  defaultTiles,
  GPU_TILES,
  MODEST_GPU_TILES,
  SOFTWARE_TILES,
  TILED,
} from "../../../src/gpu/tiles/tiles.ts";

Deno.test("defaultTiles() share within subgroups of the adapter's size", () => {
  for (const subgroupSize of [4, 8, 16]) {
    const tiles = defaultTiles({ software: true, subgroupSize });
    for (const kernel of TILED) {
      const cols = Math.min(SOFTWARE_TILES[kernel].cols, subgroupSize);
      const { winograd, ...tile } = SOFTWARE_TILES[kernel];
      const large = subgroupSize >= 8 && winograd ? { winograd } : {};
      assertEquals(tiles[kernel], { ...tile, ...large, cols, lanes: subgroupSize });
    }
  }
  const alone = defaultTiles({ software: true, subgroupSize: 0 });
  assertEquals(TILED.map((kernel) => alone[kernel].share), TILED.map(() => "nothing"));
  for (const kernel of TILED) assert(alone[kernel].cols <= 4 && !alone[kernel].winograd);
  assertEquals(defaultTiles({ software: false, subgroupSize: 32, vendor: "nvidia" }), GPU_TILES);
  assertEquals(
    defaultTiles({ software: false, subgroupSize: 0, vendor: "intel" }),
    MODEST_GPU_TILES,
  );
});

Deno.test("defaultTiles() and candidatesFor() are short where compiling is slow", () => {
  const adapter = { subgroupSize: 0, vendor: "amd" };
  for (const backend of ["opengl", "d3d12"] as const) {
    const { matmul } = defaultTiles({ ...adapter, software: false, backend });
    assertEquals([matmul.rows, matmul.cols, matmul.depth, matmul.lanes], [4, 1, 4, 256]);
    const software = defaultTiles({ ...adapter, software: true, backend });
    for (const kernel of TILED) assert(software[kernel].rows <= 4);
    // Those that differ in what is cut are one.
    const { matmul: few } = candidatesFor({ ...adapter, software: false, backend });
    assert(few.length < GPU_CANDIDATES.matmul.length, `${few.length} candidates`);
    assertEquals(new Set(few.map((tile) => JSON.stringify(tile))).size, few.length);
  }
  for (const backend of ["vulkan", "metal", "unknown"] as const) {
    assertEquals(defaultTiles({ ...adapter, software: false, backend }), GPU_TILES);
  }
  assertEquals(
    candidatesFor({ ...adapter, software: false, backend: "vulkan" }),
    GPU_CANDIDATES,
  );
});
