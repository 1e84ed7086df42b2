/** The matrix product for adapters whose workgroup is one subgroup; see `conv2d_lanes.ts`. */
import source from "../../kernels/matmul_subgroup.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import type { Tile } from "../gpu/tiles/tiles.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { padAxes, padded, unpadAxes } from "./channels.ts";
import { launch } from "./launch.ts";
import type { Product } from "./matmul_sizes.ts";

const kernel = new Kernel("matmul_subgroup", source);

/** Products of fewer multiplications than this are not worth the kernel's large tile. */
export const LEAST_WORK = 1 << 15;

/** The product. */
export function subgroupMatmul(
  product: Product,
  { rows: most, cols: widest, lanes }: Tile,
): Tensor {
  const { a, b, rows, cols, inner, transposeA, transposeB } = product;
  const ap = padAxes(a, transposeA ? [0, 1] : [1]), bp = padAxes(b, [0, 1]);
  const y = empty([rows, padded(cols)]), cols4 = padded(cols) / 4;
  const tileCols = Math.min(widest, cols4);
  // Few rows: a smaller tile, so that no lane stands idle.
  const tileRows = Math.min(4 * Math.ceil(most / 4), 4 * Math.ceil(rows / (4 * lanes)));
  launch(kernel, {
    constants: {
      ROWS: tileRows,
      COLS: tileCols,
      LANES: lanes,
      SHARED: Math.ceil(4 * tileCols / lanes),
      QUARTER: tileRows / 4,
      TRANSPOSE_A: transposeA,
      TRANSPOSE_B: transposeB,
    },
    params: { rows, rows4: padded(rows) / 4, cols4, inner4: padded(inner) / 4 },
    tensors: { a: ap, b: bp, product: y },
    groups: [Math.ceil(rows / (tileRows * lanes)), Math.ceil(cols4 / tileCols)],
    cost: { flops: 2 * rows * cols * inner },
  });
  ap.dispose();
  bp.dispose();
  return unpadAxes(y, [rows, cols]);
}
