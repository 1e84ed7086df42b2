/**
 * The convolution kernels for adapters on which loads are dear: strips of pixels in registers, and the lanes of a
 * subgroup sharing what they load.
 */
import forwardSource from "../../kernels/conv2d_forward_subgroup.wgsl" with { type: "text" };
import inputGradSource from "../../kernels/conv2d_input_grad_subgroup.wgsl" with { type: "text" };
import weightGradSource from "../../kernels/conv2d_weight_grad_subgroup.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import type { Tile } from "../gpu/tiles.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { type Geometry, type PartLayout, partsOfRows, sizesOf, tileOf } from "./conv2d_geometry.ts";
import { launch } from "./launch.ts";

const forward = new Kernel("conv2d_forward_subgroup", forwardSource);
const inputGrad = new Kernel("conv2d_input_grad_subgroup", inputGradSource);
const weightGrad = new Kernel("conv2d_weight_grad_subgroup", weightGradSource);

/** The widest kernel whose columns are worth unrolling. */
export const WIDEST = 5;
/** Groups of four sums that a thread of the weight gradient keeps at the most. */
const MOST_SUMS = 96;
/** A load costs as much as so many multiplications of four lanes' worth (llvmpipe without AVX-512: a hundred). */
const LOAD_COST = 100;

/** Pixels of a strip: rows of `width` cut into equal strips of at most `most`. */
function stripOf(width: number, most: number): number {
  return Math.ceil(width / Math.ceil(width / most));
}

/** Writes `y`. */
export function subgroupForward(
  g: Geometry,
  x: Tensor,
  weight: Tensor,
  bias: Tensor | undefined,
  y: Tensor,
): void {
  const sizes = sizesOf(g);
  const { rows: most, cols: widest, lanes } = tileOf(g, "conv2dForward");
  const cols = Math.min(widest, sizes.out4), rows = stripOf(g.outWidth, most);
  const perRow = Math.ceil(g.outWidth / rows);
  const strips = g.batch * g.outHeight * perRow;
  const { kernelWidth: taps, stride } = g;
  launch(forward, {
    constants: {
      ROWS: rows,
      COLS: cols,
      LANES: lanes,
      TAPS: taps,
      STRIDE: stride,
      STRIP: (rows - 1) * stride + taps,
      SHARED: Math.ceil(taps * 4 * cols / lanes),
      BIAS: bias !== undefined,
    },
    params: { strips, strips_per_row: perRow, ...sizes },
    tensors: { x, weight, bias: bias ?? weight, y },
    groups: [Math.ceil(strips / lanes), Math.ceil(sizes.out4 / cols)],
  });
}

/** Writes `gradX`. */
export function subgroupInputGrad(g: Geometry, gradY: Tensor, weight: Tensor, gradX: Tensor): void {
  const sizes = sizesOf(g);
  const { rows: most, cols: widest, lanes } = tileOf(g, "conv2dInputGrad");
  const { kernelWidth, stride } = g;
  const classWidth = Math.ceil(g.width / stride), classHeight = Math.ceil(g.height / stride);
  const cols = Math.min(widest, sizes.in4), rows = stripOf(classWidth, most);
  const taps = Math.ceil(kernelWidth / stride);
  const strips = g.batch * classHeight * Math.ceil(classWidth / rows);
  launch(inputGrad, {
    constants: {
      ROWS: rows,
      COLS: cols,
      LANES: lanes,
      TAPS: taps,
      STRIDE: stride,
      STRIP: rows + taps - 1,
      SHARED: Math.ceil(taps * 4 * cols / lanes),
    },
    params: { batch: g.batch, ...sizes, kernel_width: kernelWidth },
    tensors: { grad_y: gradY, weight, grad_x: gradX },
    groups: [Math.ceil(strips / lanes), Math.ceil(sizes.in4 / cols), stride * stride],
  });
}

/** The parts of the gradients of weight and bias, `[parts, part.size]`. */
export function subgroupWeightGrad(
  g: Geometry,
  x: Tensor,
  gradY: Tensor,
  part: PartLayout,
): Tensor {
  const sizes = sizesOf(g);
  const tile = tileOf(g, "conv2dWeightGrad");
  const { rows, cols, groups } = cheapestTile(g, tile, sizes.in4, sizes.out4);
  const { pixelRows, partRows, parts } = partsOfRows(g, groups[0] * groups[1], tile.parallel);
  const partial = empty([parts, part.size]);
  launch(weightGrad, {
    constants: {
      ROWS: rows,
      COLS: cols,
      LANES: tile.lanes,
      TAPS: g.kernelWidth,
      STRIDE: g.stride,
      SHARED: Math.ceil(cols / tile.lanes),
    },
    params: {
      ...sizes,
      pixel_rows: pixelRows,
      part_rows: partRows,
      part4: part.size / 4,
      bias4: part.bias / 4,
    },
    tensors: { x, grad_y: gradY, partial },
    groups: [...groups, parts],
  });
  return partial;
}

/**
 * Tile sides with the least work for a pixel: workgroups times the loads and multiplications of each. A function of
 * the shape alone.
 */
function cheapestTile(
  g: Geometry,
  { rows: mostRows, cols: mostCols, lanes }: Tile,
  in4: number,
  out4: number,
) {
  let best = { rows: 1, cols: 1, groups: [1, 1] as [number, number], cost: Infinity };
  for (let rows = 1; rows <= Math.min(mostRows, in4); rows++) {
    for (let cols = 1; cols <= Math.min(mostCols, out4); cols++) {
      const sums = rows * g.kernelWidth * 4 * cols;
      if (sums > MOST_SUMS && rows * cols > 1) continue;
      const tiles = g.kernelHeight * Math.ceil(in4 / rows);
      const groups: [number, number] = [Math.ceil(tiles / lanes), Math.ceil(out4 / cols)];
      const loads = rows * Math.min(g.stride, g.kernelWidth) + Math.ceil(cols / lanes);
      const cost = groups[0] * groups[1] * (LOAD_COST * loads + sums);
      if (cost < best.cost) best = { rows, cols, groups, cost };
    }
  }
  return best;
}
