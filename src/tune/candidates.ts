/** Tiles that the tuner tries, kernel by kernel: few, and far apart. */
import {
  fittedTile,
  SOFTWARE_TILES,
  type Tile,
  TILED,
  type Tiled,
  type TiledAdapter,
} from "../gpu/tiles/tiles.ts";

function workgroup(
  rows: number,
  cols: number,
  lanes: number,
  lanesX: number,
  depth: number,
  parallel = 264,
): Tile {
  return { rows, cols, lanes, lanesX, depth, parallel, share: "workgroup" };
}

/** Blocks of rows x columns of sums, as the comment says; threads keep 8 x 8 unless it says otherwise. */
const BLOCKS: Tile[] = [
  workgroup(8, 2, 256, 16, 16), // 128 x 128
  workgroup(8, 2, 256, 16, 8), // the same in half the workgroup memory
  workgroup(8, 2, 256, 8, 8), // 256 x 64
  workgroup(8, 2, 128, 8, 8), // 128 x 64
  workgroup(8, 2, 64, 8, 8), // 64 x 64
  workgroup(8, 1, 128, 8, 8), // 128 x 32, 8 x 4 a thread: twice the threads for the same registers
  workgroup(4, 1, 256, 16, 16), // 64 x 64, 4 x 4 a thread: the most threads
];

/** For GPUs. The weight gradient's reduction is long: how finely it is cut matters as much as the block. */
export const GPU_CANDIDATES: Record<Tiled, Tile[]> = {
  matmul: BLOCKS,
  conv2dForward: BLOCKS,
  conv2dInputGrad: BLOCKS,
  conv2dWeightGrad: [
    workgroup(8, 2, 256, 16, 16, 264),
    workgroup(8, 2, 256, 16, 16, 528),
    workgroup(8, 2, 256, 8, 8, 264),
    workgroup(8, 2, 128, 8, 8, 528),
    workgroup(8, 2, 64, 8, 8, 264),
    workgroup(8, 2, 64, 8, 8, 1056),
    workgroup(4, 1, 256, 16, 16, 528),
  ],
};

/** Rows times groups of columns beyond which a software adapter's compiler takes minutes. */
const MOST_GROUPS = 64;

/** The table's tile, then others of its rows, then others of its columns, then itself without Winograd's products. */
function around(tile: Tile): Tile[] {
  const rows = [4, 16].map((rows) => ({ ...tile, rows }));
  const cols = [2, 4, 8].map((cols) => ({ ...tile, cols }));
  const direct = tile.winograd ? [{ ...tile, winograd: false }] : [];
  const others = [...rows, ...cols, ...direct].filter((it) =>
    it.rows * it.cols <= MOST_GROUPS && !sameTile(it, tile)
  );
  return [tile, ...others];
}

/** For software adapters. */
export const SOFTWARE_CANDIDATES: Record<Tiled, Tile[]> = Object.fromEntries(
  TILED.map((kernel) => [kernel, around(SOFTWARE_TILES[kernel])]),
) as Record<Tiled, Tile[]>;

/** Those for an adapter, fitted to it, each once. */
export function candidatesFor(adapter: TiledAdapter): Record<Tiled, Tile[]> {
  const table = adapter.software ? SOFTWARE_CANDIDATES : GPU_CANDIDATES;
  const fitted = (tiles: Tile[]) => {
    const found = tiles.map((tile) => fittedTile(tile, adapter));
    return found.filter((tile, i) => found.findIndex((it) => sameTile(it, tile)) === i);
  };
  return Object.fromEntries(
    TILED.map((kernel) => [kernel, fitted(table[kernel])]),
  ) as Record<Tiled, Tile[]>;
}

/** Whether two tiles agree in everything. */
export function sameTile(a: Tile, b: Tile): boolean {
  return (Object.keys({ ...a, ...b }) as (keyof Tile)[]).every((name) => a[name] === b[name]);
}
