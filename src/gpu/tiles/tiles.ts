/**
 * How the kernels that matter are cut for an adapter: how many outputs a thread keeps in registers, and from what kind
 * of memory it reads.
 *
 * A software adapter computes eight lanes at a time with a stack for registers, and pays for a load as for twenty
 * multiplications: it wants large tiles, one subgroup to a workgroup, and operands in textures. A GPU wants many threads
 * with few registers each, and workgroup memory.
 */
import type { AdapterFacts } from "../adapter/facts.ts";
import type { Backend } from "../adapter/backend.ts";

/** The tile of one kernel. */
export interface Tile {
  /** Rows (pixels) a thread keeps; for "workgroup" a multiple of four. */
  rows: number;
  /** Groups of four columns (channels) a thread keeps. */
  cols: number;
  /** Threads of a workgroup; for "workgroup" the most that it may have, a power of two from 32. */
  lanes: number;
  /** Workgroups wanted at once; a long reduction is cut into parts until there are that many. */
  parallel: number;
  /**
   * How threads share what they have in common: not at all, by broadcast within a subgroup (needs `lanes` equal to the
   * subgroup's size), or through workgroup memory.
   */
  share: "nothing" | "subgroup" | "workgroup";
  /** For "workgroup": the threads along columns, a power of two; the others lie along rows. */
  lanesX?: number;
  /** For "workgroup": the most steps of the reduction that lie in workgroup memory at once; 4, 8, 16 or 32. */
  depth?: number;
  /** For "subgroup": whether convolutions that are worth it go through Winograd's products. Default: false. */
  winograd?: boolean;
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
  /** Where kernels have their marked arrays (`texture_access.ts`). */
  operands: "storage" | "texture";
  /** Tiles of single shapes, by `tileKey()`: what the tuner found. */
  tuned?: Record<string, Tile>;
}

/** The name of a kernel's shape in `Tiles.tuned`. */
export function tileKey(kernel: Tiled, shape: string): string {
  return `${kernel} ${shape}`;
}

/** For software adapters (llvmpipe). */
export const SOFTWARE_TILES: Tiles = {
  operands: "texture",
  matmul: { rows: 8, cols: 4, lanes: 8, parallel: 16, share: "subgroup" },
  conv2dForward: { rows: 8, cols: 8, lanes: 8, parallel: 16, share: "subgroup", winograd: true },
  conv2dInputGrad: { rows: 8, cols: 8, lanes: 8, parallel: 16, share: "subgroup", winograd: true },
  conv2dWeightGrad: { rows: 2, cols: 8, lanes: 8, parallel: 32, share: "subgroup", winograd: true },
};

/** 128 x 128 sums a workgroup of 256 threads, 8 x 8 each; two workgroups on each of 132 multiprocessors. */
const LARGE = { rows: 8, cols: 2, lanes: 256, lanesX: 16, depth: 16, parallel: 264 } as const;

/** 64 x 32 sums a workgroup of 64 threads, 8 x 4 each: registers and workgroup memory that any GPU has. */
const SMALL = { rows: 8, cols: 1, lanes: 64, lanesX: 8, depth: 8, parallel: 64 } as const;

/** The same tile for all kernels, which share through workgroup memory. */
function tilesOfGpu(given: Omit<Tile, "share">): Tiles {
  const tile: Tile = { ...given, share: "workgroup" };
  return {
    operands: "storage",
    matmul: tile,
    conv2dForward: tile,
    conv2dInputGrad: tile,
    conv2dWeightGrad: tile,
  };
}

/** For GPUs with memory of their own: large blocks, many multiplications for each load (docs/gpu-tiles.md). */
export const GPU_TILES: Tiles = tilesOfGpu(LARGE);

/** For GPUs that are part of a processor: smaller blocks for fewer and smaller multiprocessors. */
export const MODEST_GPU_TILES: Tiles = tilesOfGpu(SMALL);

/** Makers of GPUs with memory of their own, by name or PCI number. */
const LARGE_MAKERS = ["nvidia", "4318", "amd", "4098"];

/** Subgroups of fewer lanes have too little in common for the kernels that share by broadcast. */
const FEWEST_LANES = 4;

/** What tiles depend on. */
export type TiledAdapter =
  & Pick<AdapterFacts, "software" | "subgroupSize">
  & Partial<Pick<AdapterFacts, "vendor" | "backend">>;

/** The tiles for a kind of adapter; an unknown maker's GPU is taken for a modest one. */
export function defaultTiles(adapter: TiledAdapter): Tiles {
  const large = LARGE_MAKERS.includes(adapter.vendor?.toLowerCase() ?? "");
  const table = adapter.software ? SOFTWARE_TILES : large ? GPU_TILES : MODEST_GPU_TILES;
  const tiles = { ...table };
  for (const kernel of TILED) tiles[kernel] = fittedTile(table[kernel], adapter);
  return tiles;
}

/** Groups of columns a thread keeps where lanes share nothing, or so few. */
const MOST_COLS_ALONE = 4;

/** Subgroups of fewer lanes have not been measured with Winograd's products. */
const FEWEST_WINOGRAD_LANES = 8;

/** The tile without Winograd's products. */
function direct({ winograd: _, ...tile }: Tile): Tile {
  return tile;
}

/**
 * A table's tile on an adapter: a workgroup that shares within a subgroup is one, of any size; where subgroups have no one
 * size, its threads share nothing. Fewer lanes share fewer columns. For a compiler that is slow the loops are short.
 */
export function fittedTile(given: Tile, { subgroupSize: lanes, backend }: TiledAdapter): Tile {
  const tile = lanes < FEWEST_WINOGRAD_LANES || compilesSlowly(backend) ? direct(given) : given;
  const fitted: Tile = tile.share !== "subgroup"
    ? tile
    : lanes >= FEWEST_LANES
    ? { ...tile, lanes, cols: Math.min(tile.cols, Math.max(lanes, MOST_COLS_ALONE)) }
    : { ...tile, share: "nothing", cols: Math.min(tile.cols, MOST_COLS_ALONE) };
  return compilesSlowly(backend) ? shortTile(fitted) : fitted;
}

/**
 * True for backends whose compilers take minutes for what others compile in a second: Mesa's OpenGL (20 to 67 s for each
 * kernel that shares through workgroup memory, on a software adapter) and Direct3D's old compiler (26 s and more for
 * large unrolled kernels, gfx-rs/wgpu#7443).
 */
function compilesSlowly(backend: Backend | undefined): boolean {
  return backend === "opengl" || backend === "d3d12";
}

/** The tile with loops short enough for such a compiler: a quarter of the text, or less. */
function shortTile(tile: Tile): Tile {
  return tile.share === "workgroup"
    ? { ...tile, rows: 4, cols: 1, depth: 4 }
    : { ...tile, rows: Math.min(tile.rows, 4), cols: Math.min(tile.cols, MOST_COLS_ALONE) };
}
