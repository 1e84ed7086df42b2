/**
 * How a product is cut for the kernels that share through workgroup memory (`kernels/*_workgroup.wgsl`): the tile of the
 * table, fitted to a shape and to the adapter's limits.
 */
import type { Tile } from "./tiles.ts";

/** What the fit needs of the adapter. */
export interface WorkgroupLimits {
  maxComputeInvocationsPerWorkgroup: number;
  maxComputeWorkgroupStorageSize: number;
}

/** The product to cover. */
export interface Product {
  /** Rows. */
  rows: number;
  /** Columns, in groups of four. */
  cols4: number;
  /** Length of the reduction. */
  inner: number;
  /** Length of the runs that make up the reduction, where no slice may reach from one into the next. */
  run?: number;
  /** Bytes of workgroup memory that the kernel keeps for every row besides the slices. Default: 0. */
  rowBytes?: number;
  /** Bytes that it keeps for every inner index of a slice. Default: 0. */
  depthBytes?: number;
}

/** A workgroup's block of a product. */
export interface Block {
  /** What the kernel calls them. */
  constants: Record<
    "ROWS" | "QUADS" | "COLS" | "LANES_X" | "LANES_Y" | "PATCH" | "DEPTH" | "SPARE" | "HELD",
    number
  >;
  /** Workgroups along rows and columns. */
  groups: [number, number];
}

/** Threads of the smallest workgroup: a subgroup of most GPUs. */
const FEWEST = 32;
/** Threads below which a block is not made smaller to get more of them. */
const SMALL = 64;

/** The least power of two from `n`. */
function power(n: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, n)));
}

/** Bytes of workgroup memory of two slices of both operands, with `spare` groups of padding to each inner index. */
function sliceBytes(rows: number, cols: number, depth: number, spare: number): number {
  return 2 * depth * 4 * (rows + cols + 4 * spare);
}

/**
 * Fits a tile to a product. In this order:
 *
 * - threads along columns are no more than there are columns;
 * - a slice is no deeper than the reduction, and its depth divides the runs;
 * - blocks shrink, down to 64 threads, while there are fewer than half of the workgroups that the tile wants;
 * - slices, then blocks shrink until workgroup memory holds them; where it is enough, their padding goes instead;
 * - slices shrink, down to a depth of 8, until each thread fetches one block of 4 x 4 of them.
 *
 * A function of shape, tile and limits alone.
 *
 * @throws {TypeError} When workgroup memory cannot hold even the smallest block of so many columns.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { fitBlock } from "./workgroup_tile.ts";
 *
 * const limits = { maxComputeInvocationsPerWorkgroup: 256, maxComputeWorkgroupStorageSize: 49152 };
 * const tile = { rows: 8, cols: 2, lanes: 256, lanesX: 16, depth: 16, parallel: 256, share: "workgroup" } as const;
 * assertEquals(fitBlock(tile, { rows: 2048, cols4: 512, inner: 2048 }, limits).groups, [16, 16]);
 * assertEquals(fitBlock(tile, { rows: 512, cols4: 128, inner: 512 }, limits).groups, [8, 8]);
 * ```
 */
export function fitBlock(
  tile: Tile,
  { rows, cols4, inner, run = 0, rowBytes = 0, depthBytes = 0 }: Product,
  limits: WorkgroupLimits,
): Block {
  const cols = Math.min(tile.cols, cols4);
  const tileX = tile.lanesX ?? power(Math.sqrt(tile.lanes));
  let quads = Math.max(1, Math.floor(tile.rows / 4));
  let depth = Math.min(tile.depth ?? 8, Math.max(4, power(inner)));
  while (run % depth > 0) depth /= 2;
  let x = Math.min(tileX, power(Math.ceil(cols4 / cols)));
  // Threads that columns do not need go along the rows, up to twice as many as there were.
  let y = Math.min(2 * tile.lanes / tileX, tile.lanes / x, power(Math.ceil(rows / (4 * quads))));
  const most = limits.maxComputeInvocationsPerWorkgroup;
  let spare = 1;
  const bytes = () =>
    sliceBytes(4 * quads * y, 4 * cols * x, depth, spare) + 4 * quads * y * rowBytes +
    depth * depthBytes;
  const fits = () => bytes() <= limits.maxComputeWorkgroupStorageSize;
  const groups = (): [number, number] => [
    Math.ceil(rows / (4 * quads * y)),
    Math.ceil(cols4 / (cols * x)),
  ];
  const shrink = () => void (quads * y >= cols * x && y > 1 ? y /= 2 : x /= 2);
  while (x * y > most || (x * y > SMALL && 2 * groups()[0] * groups()[1] < tile.parallel)) shrink();
  const trim = (smaller: () => void) => {
    spare = 0;
    if (fits()) return;
    spare = 1;
    smaller();
  };
  while (depth > 4 && !fits()) trim(() => void (depth /= 2));
  while (x * y > FEWEST && !fits()) trim(shrink);
  while (quads > 1 && !fits()) trim(() => void (quads = Math.floor(quads / 2)));
  if (x * y < FEWEST) {
    quads = 1;
    y = FEWEST / x;
  }
  const held = () => Math.ceil((quads * y + cols * x) * depth / 4 / (x * y));
  while (depth > 8 && held() > 1) depth /= 2;
  if (!fits()) spare = 0;
  if (!fits()) {
    throw new TypeError(
      `Cannot use the tile ${
        JSON.stringify(tile)
      }: its workgroups share ${bytes()} bytes, and the ` +
        `adapter has ${limits.maxComputeWorkgroupStorageSize}; make cols, rows or depth smaller`,
    );
  }
  return {
    constants: {
      ROWS: 4 * quads,
      QUADS: quads,
      COLS: cols,
      LANES_X: x,
      LANES_Y: y,
      // 32 neighbours as 8 x 4 threads read the fewest different groups.
      PATCH: x > 8 && y % 4 === 0 ? 8 : Math.min(x, 32),
      DEPTH: depth,
      SPARE: spare,
      HELD: held(),
    },
    groups: groups(),
  };
}

/**
 * How a reduction is cut into parts, so that there are `parallel` workgroups: each some slices of `depth`, two at least,
 * since the first of a part is not fetched behind arithmetic.
 */
export function partsOfInner(inner: number, groups: number, parallel: number, depth: number) {
  const slices = Math.ceil(inner / depth);
  const wanted = Math.max(1, Math.min(Math.floor(parallel / groups), Math.floor(slices / 2)));
  const part = Math.ceil(slices / wanted) * depth;
  return { part, parts: Math.ceil(inner / part) };
}
