/** Rows of a table by their numbers. */
import scatterSource from "../../kernels/scatter_add_rows.wgsl" with { type: "text" };
import source from "../../kernels/gather_rows.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { checkTensors } from "../tensor/operands.ts";
import { show } from "../tensor/shape.ts";
import { withGradient } from "../tensor/tape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { evaluateBinary } from "./binary_kernel.ts";
import { rowsCheck } from "./check_rows.ts";
import { launch } from "./launch.ts";

const checkRows = rowsCheck((number, index, rows) =>
  `Cannot gather rows: the number of row ${index} is ${number}, and the table has ${rows} rows, 0 to ${
    rows - 1
  }`
);
const kernel = new Kernel("gather_rows", source);
const scatter = new Kernel("scatter_add_rows", scatterSource);

/**
 * Rows that one dispatch sums: Mesa's software driver ends the loops of a thread after 65,535 passes in all, without a word.
 * Parts of so many rows begin where any adapter can bind an array.
 */
const MOST_ROWS = 64_000;

/** `y[r] = sum of x[i] over all i with rows[i] = r`, `[tableRows, ...]`; no gradient. */
export function scatterAddRows(x: Tensor, rows: Tensor, tableRows: number): Tensor {
  const [count, ...rest] = x.shape;
  const width = rest.reduce((a, b) => a * b, 1);
  let sums: Tensor | undefined;
  for (let first = 0; first === 0 || first < count; first += MOST_ROWS) {
    const size = Math.min(MOST_ROWS, count - first);
    const part = { x: x.alias([size, width], first * width), rows: rows.alias([size], first) };
    const y = empty([tableRows, ...rest]);
    launch(scatter, {
      params: { count: size, width, table_rows: tableRows },
      tensors: { grad_y: part.x, rows: part.rows, grad_x: y },
      threads: y.size,
      cost: { flops: size * y.size },
    });
    for (const t of Object.values(part)) t.dispose();
    const before = sums;
    sums = before ? evaluateBinary("add", before, y) : y;
    if (before) { for (const t of [before, y]) t.dispose(); }
  }
  return sums!;
}

/**
 * `y[i] = x[rows[i]]`: the rows (along the first axis) that `rows` names.
 *
 * @param x `[tableRows, ...]`, of either type.
 * @param rows `[count]`, `i32`.
 * @returns `[count, ...]`.
 * @throws {TypeError} When `rows` is not a list of `i32`, or the table has no rows.
 * @throws {RangeError} For a number outside of the table, here or at the next readback.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { gather, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const centers = tensor([[0, 0], [1, 2]]);
 * const labels = tensor([1, 1, 0], { dtype: "i32" });
 * assertEquals([...await gather(centers, labels).read()], [1, 2, 1, 2, 0, 0]);
 * ```
 */
export function gather(x: Tensor, rows: Tensor): Tensor {
  checkTensors("gather()", { x, rows });
  if (rows.dtype !== "i32" || rows.shape.length !== 1 || x.shape.length < 1) {
    throw new TypeError(
      `Cannot gather rows of ${show(x.shape)} by ${rows.dtype} ${
        show(rows.shape)
      }: the numbers must be i32 [count]`,
    );
  }
  const [tableRows, ...rest] = x.shape;
  if (tableRows === 0 && rows.size > 0) {
    throw new TypeError(`Cannot gather ${rows.size} rows of ${show(x.shape)}: it has none`);
  }
  checkRows(rows, tableRows);
  const width = rest.reduce((a, b) => a * b, 1);
  const params = { count: rows.size, width, table_rows: tableRows };
  const y = empty([rows.size, ...rest], x.dtype);
  launch(kernel, {
    constants: { Element: x.dtype },
    params,
    tensors: { x, rows, y },
    threads: y.size,
    cost: { bytes: 8 * y.size },
  });
  return withGradient("gather", [x], y, (g) => [scatterAddRows(g, rows, tableRows)], [rows]);
}
