/**
 * How the kernels that matter are cut for an adapter: how many outputs a thread keeps in registers, and from what kind
 * of memory it reads.
 *
 * A software adapter computes eight lanes at a time with a stack for registers, and pays for a load as for twenty
 * multiplications: it wants large tiles, one subgroup to a workgroup, and operands in textures. A GPU wants many threads
 * with few registers each, and workgroup memory.
 */

/** The tile of one kernel. */
export interface Tile {
  /** Rows (pixels) a thread keeps. */
  rows: number;
  /** Groups of four columns (channels) a thread keeps. */
  cols: number;
  /** Threads of a workgroup. */
  lanes: number;
  /** Workgroups wanted at once; a long reduction is cut into parts until there are that many. */
  parallel: number;
  /**
   * How threads share what they have in common: not at all, by broadcast within a subgroup (needs `lanes` equal to the
   * subgroup's size), or through workgroup memory.
   */
  share: "nothing" | "subgroup" | "workgroup";
}

/** The name of a computation whose kernels have tiles. */
export type Tiled = "matmul" | "conv2dForward" | "conv2dInputGrad" | "conv2dWeightGrad";

/** All of them. */
export const TILED: readonly Tiled[] = [
  "matmul",
  "conv2dForward",
  "conv2dInputGrad",
  "conv2dWeightGrad",
];

/** Tiles of all kernels that have one. */
export interface Tiles extends Record<Tiled, Tile> {
  /** What kernels read their marked arrays from (`texture_reads.ts`). */
  operands: "storage" | "texture";
  /** Tiles of single shapes, by `tileKey()`: what the tuner found. */
  tuned?: Record<string, Tile>;
}

/** The name of a kernel's shape in `Tiles.tuned`. */
export function tileKey(kernel: Tiled, shape: string): string {
  return `${kernel} ${shape}`;
}

/** The tile for a shape: the tuned one, else the kernel's. */
export function tileFor(tiles: Tiles, kernel: Tiled, shape: string): Tile {
  return tiles.tuned?.[tileKey(kernel, shape)] ?? tiles[kernel];
}

/** For software adapters (llvmpipe). */
export const SOFTWARE_TILES: Tiles = {
  operands: "texture",
  matmul: { rows: 8, cols: 4, lanes: 8, parallel: 16, share: "subgroup" },
  conv2dForward: { rows: 8, cols: 4, lanes: 8, parallel: 16, share: "subgroup" },
  conv2dInputGrad: { rows: 8, cols: 4, lanes: 8, parallel: 16, share: "subgroup" },
  conv2dWeightGrad: { rows: 2, cols: 4, lanes: 8, parallel: 16, share: "subgroup" },
};

/** For GPUs: enough threads to hide latency, tiles that stay in registers. */
export const GPU_TILES: Tiles = {
  operands: "storage",
  matmul: { rows: 4, cols: 2, lanes: 64, parallel: 2048, share: "nothing" },
  conv2dForward: { rows: 4, cols: 2, lanes: 64, parallel: 2048, share: "nothing" },
  conv2dInputGrad: { rows: 4, cols: 2, lanes: 64, parallel: 2048, share: "nothing" },
  conv2dWeightGrad: { rows: 2, cols: 2, lanes: 64, parallel: 2048, share: "nothing" },
};

/** The tiles for a kind of adapter; subgroups share loads only where their size is that of the tile's lanes. */
export function defaultTiles(adapter: { software: boolean; subgroupSize: number }): Tiles {
  const table = adapter.software ? SOFTWARE_TILES : GPU_TILES;
  const tiles = { ...table };
  for (const kernel of TILED) {
    const tile = table[kernel];
    const alone = tile.share === "subgroup" && adapter.subgroupSize !== tile.lanes;
    tiles[kernel] = { ...tile, share: alone ? "nothing" : tile.share };
  }
  return tiles;
}
