/** The nearest rows of a table, found on the GPU. */
import source from "../../kernels/nearest_neighbours.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { launch } from "../ops/launch.ts";
import { readAllOf } from "../tensor/read_of.ts";
import { empty } from "../tensor/tensor.ts";
import { tensor } from "../tensor/make_tensor.ts";
import { paddedRows } from "./distance_rows.ts";
import { finiteRows } from "./finite_rows.ts";

const kernel = new Kernel("nearest_neighbours", source);

/** Queries and rows that a thread compares at once. */
const QUERIES = 4, ROWS = 4;
/**
 * Passes through loops that a thread may take in one dispatch, all its loops together. llvmpipe ends every loop of a
 * thread after 65,535 without a word (Mesa's LP_MAX_TGSI_LOOP_ITERATIONS); a GPU is left to others in between.
 */
const MOST_LOOPS = 65_000;
/** The longest list that a query keeps: it is sorted by insertion. */
const MOST_NEIGHBOURS = 64;

/** The nearest rows of each query. */
export interface Neighbours {
  /** `[queries, k]`: row numbers of the table, the nearest first; -1 for a query that is not finite. */
  rows: Int32Array<ArrayBuffer>;
  /** `[queries, k]`: squared Euclidean distances; NaN for a query that is not finite. */
  distances: Float32Array<ArrayBuffer>;
}

/**
 * The `k` rows of a table nearest to each query, by exact comparison with every row in float32. Of rows equally far the
 * first comes first. Rows of the table that are not finite are left out.
 *
 * The table passes through the GPU in parts; the queries and two numbers a neighbour stay there.
 *
 * @param table `[rows, dim]`, row by row.
 * @param queries `[queries, dim]`.
 * @param k 1 to 64.
 * @param partBytes How much of the table is on the GPU at once.
 * @throws {TypeError} When either is no whole number of rows.
 * @throws {RangeError} When `k` is not 1 to 64, or more than the finite rows of the table.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const table = Float32Array.of(0, 0, 3, 4, 1, 0);
 * const { rows, distances } = await nearestNeighbours(table, Float32Array.of(0, 0), 2, 2);
 * assertEquals([...rows], [0, 2]);
 * assertEquals([...distances], [0, 1]);
 * ```
 */
export async function nearestNeighbours(
  table: Float32Array,
  queries: Float32Array,
  dim: number,
  k: number,
  partBytes = 64 << 20,
): Promise<Neighbours> {
  if (!(Number.isInteger(dim) && dim > 0) || table.length % dim || queries.length % dim) {
    throw new TypeError(
      `Cannot find neighbours of ${queries.length} among ${table.length} numbers: they are no rows of ${dim}`,
    );
  }
  const kept = finiteRows(table, dim), asked = finiteRows(queries, dim);
  if (!(Number.isInteger(k) && k >= 1 && k <= MOST_NEIGHBOURS && k <= kept.length)) {
    throw new RangeError(
      `Cannot find ${k} nearest neighbours among ${kept.length} finite rows: k must be 1 to ${MOST_NEIGHBOURS}, ` +
        "and no more than there are rows",
    );
  }
  const count = queries.length / dim;
  const result = {
    rows: new Int32Array(count * k).fill(-1),
    distances: new Float32Array(count * k).fill(NaN),
  };
  if (asked.length === 0) return result;
  const [distances, rows] = await search(table, kept, queries, asked, dim, k, partBytes);
  asked.forEach((to, i) => {
    for (let j = 0; j < k; j++) {
      result.rows[to * k + j] = kept[rows[i * k + j]];
      result.distances[to * k + j] = distances[i * k + j];
    }
  });
  return result;
}

/** Lists of the queries `asked`, as places in `kept`. */
async function search(
  table: Float32Array,
  kept: Uint32Array,
  queries: Float32Array,
  asked: Uint32Array,
  dim: number,
  k: number,
  partBytes: number,
): Promise<[Float32Array, Int32Array]> {
  const found = await readAllOf(() => {
    const dim4 = Math.ceil(dim / 4);
    const query = tensor(paddedRows(queries, dim, asked.length, (i) => asked[i]));
    const distances = empty([asked.length, k]), rows = empty([asked.length, k], "i32");
    const step = Math.max(1, Math.floor(partBytes / (16 * dim4)));
    const loops = 1 + dim4 + QUERIES * ROWS * (k + 1);
    const stride = ROWS * Math.max(1, Math.floor(MOST_LOOPS / loops));
    for (let first = 0; first < kept.length; first += step) {
      const own = kept.subarray(first, first + step);
      const part = tensor(paddedRows(table, dim, own.length, (i) => own[i]));
      for (let begin = 0; begin < own.length; begin += stride) {
        const end = Math.min(begin + stride, own.length);
        launch(kernel, {
          constants: { QUERIES, ROWS },
          params: { queries: asked.length, dim4, k, part_first: first, begin, end },
          tensors: { query, part, distances, rows },
          threads: Math.ceil(asked.length / QUERIES),
          passes: Math.ceil((end - begin) / ROWS) * loops,
          cost: { flops: 3 * asked.length * (end - begin) * dim },
        });
      }
      part.dispose();
    }
    return [distances, rows];
  });
  return found as [Float32Array, Int32Array];
}
