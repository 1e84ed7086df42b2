/** Matrix products. */
import { onlyOptions } from "../base/choice.ts";
import source from "../../kernels/matmul.wgsl" with { type: "text" };
import { gpu } from "../gpu/device.ts";
import { Kernel } from "../gpu/kernel.ts";
import { tileFor } from "../gpu/tiles/tile_for.ts";
import type { Tile } from "../gpu/tiles/tiles.ts";
import { checkDType } from "../tensor/operands.ts";
import { stridesOf } from "../tensor/shape.ts";
import { withGradient } from "../tensor/tape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { evaluateBinary } from "./binary_kernel.ts";
import { copyBox } from "./copy.ts";
import { zeros } from "./fill.ts";
import { batchMatmul } from "./batch_matmul.ts";
import { launch } from "./launch.ts";
import { matmulGrads } from "./matmul_grads.ts";
import { checkedProduct, matmulKey, type MatmulOptions, type Product } from "./matmul_sizes.ts";
import { LEAST_WORK, subgroupMatmul } from "./matmul_subgroup.ts";
import { takesWorkgroups, workgroupMatmul } from "./matmul_workgroup.ts";

const kernel = new Kernel("matmul", source);

/** Longer sums are made of parts: Mesa's software driver ends the loops of a thread after 65,535 passes, without a word. */
const LONGEST = 1 << 15;

/** The product, without a gradient. */
export function evaluateMatmul(a: Tensor, b: Tensor, options: MatmulOptions = {}): Tensor {
  const product = checkedProduct(a, b, options);
  const { rows, cols, inner } = product;
  if (rows * cols * inner === 0) return zeros([rows, cols]);
  return inner > LONGEST ? inParts(product) : whole(product);
}

/** The sum of the products of parts along the inner dimension. */
function inParts({ a, b, inner, transposeA, transposeB }: Product): Tensor {
  let sum: Tensor | undefined;
  for (let first = 0; first < inner; first += LONGEST) {
    const size = Math.min(LONGEST, inner - first);
    const parts = [
      part(a, transposeA ? 0 : 1, first, size),
      part(b, transposeB ? 1 : 0, first, size),
    ];
    const product = whole(checkedProduct(parts[0], parts[1], { transposeA, transposeB }));
    for (const t of parts) t.dispose();
    if (!sum) {
      sum = product;
      continue;
    }
    const before: Tensor = sum;
    sum = evaluateBinary("add", before, product);
    before.dispose();
    product.dispose();
  }
  return sum!;
}

/** Some rows or columns of a matrix. */
function part(x: Tensor, axis: number, first: number, size: number): Tensor {
  const shape = x.shape.map((n, i) => i === axis ? size : n), y = empty(shape);
  copyBox(shape, { tensor: x, offset: first * stridesOf(x.shape)[axis] }, { tensor: y });
  return y;
}

function whole(product: Product): Tensor {
  const { a, b, rows, cols, inner } = product;
  const tile = tileFor(gpu(), "matmul", matmulKey(product));
  if (takesWorkgroups(tile, a, b)) return workgroupMatmul(product, tile);
  return tile.share === "subgroup" && rows * cols * inner >= LEAST_WORK
    ? subgroupMatmul(product, tile)
    : plainMatmul(product, tile);
}

function plainMatmul(operands: Product, { rows: most, cols: widest, lanes }: Tile): Tensor {
  const { a, b, rows, cols, inner, transposeA, transposeB } = operands;
  const product = empty([rows, cols]);
  // No larger than the product: what a tile computes beyond it is thrown away, and large tiles compile slowly.
  const tileRows = Math.min(most, Math.ceil(rows / lanes)),
    tileCols = Math.min(widest, Math.ceil(cols / 4));
  launch(kernel, {
    constants: {
      ROWS: tileRows,
      COLS: 4 * tileCols,
      LANES: lanes,
      TRANSPOSE_A: transposeA,
      TRANSPOSE_B: transposeB,
    },
    params: { rows, cols, inner },
    tensors: { a, b, product },
    groups: [Math.ceil(rows / (tileRows * lanes)), Math.ceil(cols / (4 * tileCols))],
    cost: { flops: 2 * rows * cols * inner },
  });
  return product;
}

/**
 * The matrix product of `a` `[..., rows, inner]` and `b` `[..., inner, cols]`, each matrix read as its transpose if asked.
 * Axes before the last two are a batch, and broadcast by NumPy's rule.
 *
 * @returns `[..., rows, cols]`.
 * @throws {TypeError} When the inner dimensions differ, the batch axes do not broadcast, or an operand is no matrix.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { matmul, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const y = matmul(tensor([[1, 2], [3, 4]]), tensor([[1], [10]]));
 * assertEquals([...await y.read()], [21, 43]);
 * ```
 */
export function matmul(a: Tensor, b: Tensor, options: MatmulOptions = {}): Tensor {
  onlyOptions("take matmul()", options, ["transposeA", "transposeB"]);
  checkDType("matmul", "f32", { a, b });
  if (a.shape.length !== 2 || b.shape.length !== 2) {
    return batchMatmul(a, b, options, matmul, evaluateMatmul);
  }
  return withGradient(
    "matmul",
    [a, b],
    evaluateMatmul(a, b, options),
    (g) => matmulGrads([a, b], g, options, evaluateMatmul),
  );
}
