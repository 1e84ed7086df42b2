/**
 * Tile shapes of the matrix product and the convolutions: how many outputs a thread keeps in registers.
 *
 * `rows` are lanes' own rows (pixels, or rows of the product), `cols` are groups of four output columns (channels),
 * `lanes` is the size of a workgroup, `split` how many parts a long reduction is cut into. A software adapter pays for
 * every load with the price of a hundred multiply-adds and has a stack for registers, so it wants the largest tile it
 * can compile; a real GPU wants many threads with few registers each.
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

/** Tiles of all kernels that have one. */
export interface Tiles {
  /** Of `kernels/matmul.wgsl`. */
  matmul: Tile;
  /** Of `kernels/conv2d_forward*.wgsl`. */
  conv2dForward: Tile;
  /** Of `kernels/conv2d_input_grad*.wgsl`. */
  conv2dInputGrad: Tile;
  /** Of `kernels/conv2d_weight_grad*.wgsl`; `rows` are groups of four input channels here. */
  conv2dWeightGrad: Tile;
}

/** For software adapters (llvmpipe): the largest tiles that compile in reasonable time. */
export const SOFTWARE_TILES: Tiles = {
  matmul: { rows: 8, cols: 4, lanes: 8, parallel: 16, subgroups: false },
  conv2dForward: { rows: 8, cols: 4, lanes: 8, parallel: 16, subgroups: true },
  conv2dInputGrad: { rows: 8, cols: 4, lanes: 8, parallel: 16, subgroups: true },
  conv2dWeightGrad: { rows: 2, cols: 4, lanes: 8, parallel: 8, subgroups: true },
};

/** For GPUs: enough threads to hide latency, tiles that stay in registers. */
export const GPU_TILES: Tiles = {
  matmul: { rows: 4, cols: 2, lanes: 64, parallel: 2048, subgroups: false },
  conv2dForward: { rows: 4, cols: 2, lanes: 64, parallel: 2048, subgroups: false },
  conv2dInputGrad: { rows: 4, cols: 2, lanes: 64, parallel: 2048, subgroups: false },
  conv2dWeightGrad: { rows: 2, cols: 2, lanes: 64, parallel: 2048, subgroups: false },
};

/** The tiles for a kind of adapter; subgroups share loads only where their size is that of the tile's lanes. */
export function defaultTiles(adapter: { software: boolean; subgroupSize: number }): Tiles {
  const table = adapter.software ? SOFTWARE_TILES : GPU_TILES;
  const fitting = Object.entries(table).map(([kernel, tile]) => [
    kernel,
    { ...tile, subgroups: tile.subgroups && adapter.subgroupSize === tile.lanes },
  ]);
  return Object.fromEntries(fitting);
}
