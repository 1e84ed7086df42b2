/** The matrix product for GPUs: operands pass through workgroup memory, long reductions are cut into parts. */
import source from "../../kernels/matmul_workgroup.wgsl" with { type: "text" };
import { gpu } from "../gpu/device.ts";
import { Kernel } from "../gpu/kernel.ts";
import type { Tile } from "../gpu/tiles/tiles.ts";
import { fitBlock, partsOfInner, type WorkgroupLimits } from "../gpu/tiles/workgroup_tile.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { launch } from "./launch.ts";
import type { Product } from "./matmul_sizes.ts";
import { sumMiddle } from "./reduce.ts";

const kernel = new Kernel("matmul_workgroup", source);

/** The limits of the adapter that is open. */
export function workgroupLimits(): WorkgroupLimits {
  return gpu().adapter.limits as unknown as WorkgroupLimits;
}

/** Whether the kernel takes these operands: it binds them as vec4 too, which needs four elements. */
export function takesWorkgroups(tile: Tile, a: Tensor, b: Tensor): boolean {
  return tile.share === "workgroup" && a.size >= 4 && b.size >= 4;
}

/** The product `[rows, cols]`, without a gradient. */
export function workgroupMatmul(product: Product, tile: Tile): Tensor {
  const { a, b, rows, cols, inner, transposeA, transposeB } = product;
  const { constants, groups } = fitBlock(
    tile,
    { rows, cols4: Math.ceil(cols / 4), inner },
    workgroupLimits(),
  );
  const { part, parts } = partsOfInner(
    inner,
    groups[0] * groups[1],
    tile.parallel,
    constants.DEPTH,
  );
  const partial = empty([parts, rows, cols]);
  launch(kernel, {
    constants: {
      ...constants,
      TRANSPOSE_A: transposeA,
      TRANSPOSE_B: transposeB,
      VEC4_A: (transposeA ? rows : inner) % 4 === 0,
      VEC4_B: (transposeB ? inner : cols) % 4 === 0,
    },
    params: { rows, cols, inner, part },
    tensors: { a, b, a4: a, b4: b, partial },
    groups: [...groups, parts],
    cost: { flops: 2 * rows * cols * inner },
  });
  const summed = parts === 1 ? partial.alias() : sumMiddle(partial, 1, parts, rows * cols);
  const result = summed.alias([rows, cols]);
  partial.dispose();
  summed.dispose();
  return result;
}
