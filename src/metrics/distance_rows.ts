/** The distances between all rows of a table, a few rows at a time: all of them together may be too many to keep. */
import source from "../../kernels/distance_rows.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { launch } from "../ops/launch.ts";
import { scope } from "../tensor/scope.ts";
import { empty } from "../tensor/tensor.ts";
import { tensor } from "../tensor/make_tensor.ts";
import { readOf } from "../tensor/read_of.ts";

const kernel = new Kernel("distance_rows", source);

/** Rows that a thread compares with four others at once. */
const QUERIES = 4;
/** What is read from the GPU at once. */
const BLOCK_BYTES = 32 << 20;

/** Takes a row's number and its squared distances to all rows, its own 0 among them; they are overwritten afterwards. */
export type DistanceVisitor = (row: number, squared: Float32Array) => void;

/**
 * Calls a function for each row of a table with the squared Euclidean distances to all rows, in their order: on the GPU, in
 * float32, in blocks of rows. Memory grows with the rows, and not with their square.
 *
 * @param table `[rows, dim]`, row by row: finite numbers.
 * @param blockBytes Distances that are in memory at once.
 * @throws {TypeError} When `table` is no whole number of rows.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const found: number[][] = [];
 * await distanceRows(Float32Array.of(0, 0, 3, 4, 0, 1), 2, (_, squared) => found.push([...squared]));
 * assertEquals(found, [[0, 25, 1], [25, 0, 18], [1, 18, 0]]);
 * ```
 */
export async function distanceRows(
  table: Float32Array,
  dim: number,
  visit: DistanceVisitor,
  blockBytes = BLOCK_BYTES,
): Promise<void> {
  if (!(Number.isInteger(dim) && dim > 0) || table.length % dim !== 0) {
    throw new TypeError(
      `Cannot take distances between rows of ${dim} of ${table.length} numbers: they are no whole rows`,
    );
  }
  const count = table.length / dim, dim4 = Math.ceil(dim / 4), rows4 = Math.ceil(count / 4);
  const step = Math.max(1, Math.floor(blockBytes / (16 * rows4)));
  using own = scope();
  const rows = tensor(
    // A thread reads up to three rows beyond its own.
    paddedRows(table, dim, count, undefined, 4 * Math.ceil(count / 4) + QUERIES),
  );
  own.leave();
  for (let first = 0; first < count; first += step) {
    const mine = Math.min(step, count - first);
    const values = await readOf(() => {
      const distances = empty([mine, 4 * rows4]);
      launch(kernel, {
        constants: { QUERIES },
        params: { first, count: mine, dim4, rows4 },
        tensors: { table: rows, distances },
        threads: Math.ceil(mine / QUERIES) * rows4,
        passes: dim4,
        cost: { flops: 3 * mine * count * dim },
      });
      return distances;
    }) as Float32Array;
    for (let i = 0; i < mine; i++) {
      visit(first + i, values.subarray(4 * rows4 * i, 4 * rows4 * i + count));
    }
  }
}

/**
 * Rows of a table, each padded with zeros to a multiple of four numbers.
 *
 * @param rowAt The row of the table that is the i-th. Default: itself.
 * @param room For how many rows, zeros after the last one.
 */
export function paddedRows(
  table: Float32Array,
  dim: number,
  count: number,
  rowAt: (i: number) => number = (i) => i,
  room: number = count,
): Float32Array {
  const width = 4 * Math.ceil(dim / 4);
  const result = new Float32Array(room * width);
  for (let i = 0; i < count; i++) {
    const row = rowAt(i);
    result.set(table.subarray(row * dim, (row + 1) * dim), i * width);
  }
  return result;
}

/** Where the largest number is brought: float32 holds the squares of four times this in 1,024 dimensions. */
const ROOM = 57;

/**
 * Tables whose distances are compared with each other alone, all times one power of two: float32 has no squares above 3e38 or
 * below 1e-38, and at this size it has those of the smallest differences. The products are exact.
 *
 * @param tables Numbers that are not finite stay so.
 */
export function sizedForSquares(...tables: readonly Float32Array[]): Float32Array[] {
  const largest = tables.reduce(
    (most, table) =>
      table.reduce((m, x) => Number.isFinite(x) ? Math.max(m, Math.abs(x)) : m, most),
    0,
  );
  const factor = largest > 0 ? 2 ** (ROOM - Math.floor(Math.log2(largest))) : 1;
  return tables.map((table) => table.map((x) => x * factor));
}
