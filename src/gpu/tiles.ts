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
  /** Let the lanes of a subgroup share the loads of what they have in common; needs `lanes` equal to the subgroup's size. */
  subgroups: boolean;
}

/** Kernels that have tiles. */
export const TILED = ["matmul", "conv2dForward", "conv2dInputGrad", "conv2dWeightGrad"] as const;

/** The name of a kernel that has tiles. */
export type Tiled = typeof TILED[number];

/** Tiles of all kernels that have one. */
export interface Tiles extends Record<Tiled, Tile> {
  /** What kernels read their marked arrays from (`texture_reads.ts`). */
  operands: "storage" | "texture";
}

/** For software adapters (llvmpipe). */
export const SOFTWARE_TILES: Tiles = {
  operands: "texture",
  matmul: { rows: 8, cols: 4, lanes: 8, parallel: 16, subgroups: true },
  conv2dForward: { rows: 8, cols: 4, lanes: 8, parallel: 16, subgroups: true },
  conv2dInputGrad: { rows: 8, cols: 4, lanes: 8, parallel: 16, subgroups: true },
  conv2dWeightGrad: { rows: 2, cols: 4, lanes: 8, parallel: 16, subgroups: true },
};

/** For GPUs: enough threads to hide latency, tiles that stay in registers. */
export const GPU_TILES: Tiles = {
  operands: "storage",
  matmul: { rows: 4, cols: 2, lanes: 64, parallel: 2048, subgroups: false },
  conv2dForward: { rows: 4, cols: 2, lanes: 64, parallel: 2048, subgroups: false },
  conv2dInputGrad: { rows: 4, cols: 2, lanes: 64, parallel: 2048, subgroups: false },
  conv2dWeightGrad: { rows: 2, cols: 2, lanes: 64, parallel: 2048, subgroups: false },
};

/** The tiles for a kind of adapter; subgroups share loads only where their size is that of the tile's lanes. */
export function defaultTiles(adapter: { software: boolean; subgroupSize: number }): Tiles {
  const table = adapter.software ? SOFTWARE_TILES : GPU_TILES;
  const tiles = { ...table };
  for (const kernel of TILED) {
    const tile = table[kernel];
    tiles[kernel] = {
      ...tile,
      subgroups: tile.subgroups && adapter.subgroupSize === tile.lanes,
    };
  }
  return tiles;
}
