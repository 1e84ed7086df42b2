/**
 * The convolution kernels with lanes along pixels. They run on every adapter, with every thread loading for itself; or, where a
 * workgroup is one subgroup, with large tiles in registers, and what the lanes have in common loaded once and broadcast.
 */
import forwardSource from "../../kernels/conv2d_forward.wgsl" with { type: "text" };
import forwardSubgroupSource from "../../kernels/conv2d_forward_subgroup.wgsl" with {
  type: "text",
};
import inputGradSource from "../../kernels/conv2d_input_grad.wgsl" with { type: "text" };
import inputGradSubgroupSource from "../../kernels/conv2d_input_grad_subgroup.wgsl" with {
  type: "text",
};
import weightGradSource from "../../kernels/conv2d_weight_grad.wgsl" with { type: "text" };
import weightGradSubgroupSource from "../../kernels/conv2d_weight_grad_subgroup.wgsl" with {
  type: "text",
};
import { Kernel } from "../gpu/kernel.ts";
import type { Tile } from "../gpu/tiles/tiles.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import {
  epilogue,
  flopsOf,
  type ForwardOperands,
  type Geometry,
  type PartLayout,
  partParams,
  partsOfPixels,
  partsOfRows,
  passesOf,
  sizesOf,
  tileOf,
} from "./conv2d_geometry.ts";
import { launch } from "./launch.ts";

const forward = new Kernel("conv2d_forward", forwardSource);
const forwardSubgroup = new Kernel("conv2d_forward_subgroup", forwardSubgroupSource);
const inputGrad = new Kernel("conv2d_input_grad", inputGradSource);
const inputGradSubgroup = new Kernel("conv2d_input_grad_subgroup", inputGradSubgroupSource);
const weightGrad = new Kernel("conv2d_weight_grad", weightGradSource);
const weightGradSubgroup = new Kernel("conv2d_weight_grad_subgroup", weightGradSubgroupSource);

/** The constants of a tile with `cols` groups of four columns: with what each lane loads for the others, where they share. */
function constantsOf({ rows, lanes, share }: Tile, cols: number) {
  const tile = { ROWS: rows, COLS: cols, LANES: lanes };
  if (share !== "subgroup") return tile;
  return { ...tile, SHARED: Math.ceil(4 * cols / lanes), KINDS: Math.ceil(cols / lanes) };
}

/** Writes `y`, and `before` where one is given. */
export function lanesForward(
  g: Geometry,
  operands: ForwardOperands,
  y: Tensor,
  before?: Tensor,
): void {
  const sizes = sizesOf(g), tile = tileOf(g, "conv2dForward");
  const cols = Math.min(tile.cols, sizes.out4), pixels = g.batch * g.outHeight * g.outWidth;
  const { constants, params, tensors } = epilogue(operands, before);
  launch(tile.share === "subgroup" ? forwardSubgroup : forward, {
    constants: { ...constantsOf(tile, cols), ...constants },
    params: { pixels, ...sizes, ...params },
    tensors: { ...tensors, y },
    groups: [Math.ceil(pixels / (tile.rows * tile.lanes)), Math.ceil(sizes.out4 / cols)],
    passes: passesOf(g, sizes.in4),
    cost: { flops: flopsOf(g) },
  });
}

/** Writes `gradX`: the gradient, plus `before` where one is given. */
export function lanesInputGrad(
  g: Geometry,
  gradY: Tensor,
  weight: Tensor,
  gradX: Tensor,
  before?: Tensor,
): void {
  const sizes = sizesOf(g), { stride } = g, tile = tileOf(g, "conv2dInputGrad");
  const cols = Math.min(tile.cols, sizes.in4);
  const pixels = g.batch * Math.ceil(g.height / stride) * Math.ceil(g.width / stride);
  const pixelGroups = Math.ceil(pixels / (tile.rows * tile.lanes));
  launch(tile.share === "subgroup" ? inputGradSubgroup : inputGrad, {
    constants: constantsOf(tile, cols),
    params: { batch: g.batch, ...sizes, accumulate: before ? 1 : 0 },
    tensors: { grad_y: gradY, weight, before, grad_x: gradX },
    groups: [pixelGroups, Math.ceil(sizes.in4 / cols), stride * stride],
    passes: passesOf(g, sizes.out4, stride),
    cost: { flops: flopsOf(g) },
  });
}

/** The parts of the gradients of weight and bias, `[parts, part.size]`; a thread takes taps of one group of channels. */
export function plainWeightGrad(g: Geometry, x: Tensor, gradY: Tensor, part: PartLayout): Tensor {
  const sizes = sizesOf(g), tile = tileOf(g, "conv2dWeightGrad");
  const rows = Math.min(tile.rows, sizes.in4), cols = Math.min(tile.cols, sizes.out4);
  const tiles = g.kernelHeight * g.kernelWidth * Math.ceil(sizes.in4 / rows);
  const groups = [Math.ceil(tiles / tile.lanes), Math.ceil(sizes.out4 / cols)] as const;
  const { pixelRows, partRows, parts } = partsOfRows(g, groups[0] * groups[1], tile.parallel);
  const partial = empty([parts, part.size]);
  launch(weightGrad, {
    constants: constantsOf({ ...tile, rows }, cols),
    params: { ...sizes, pixel_rows: pixelRows, part_rows: partRows, ...partParams(part) },
    tensors: { x, grad_y: gradY, partial },
    groups: [...groups, parts],
    passes: partRows * (g.outWidth + 2),
    cost: { flops: flopsOf(g) },
  });
  return partial;
}

/** The same for a workgroup of one subgroup; a thread takes taps of several groups of channels. */
export function subgroupWeightGrad(
  g: Geometry,
  x: Tensor,
  gradY: Tensor,
  part: PartLayout,
): Tensor {
  const sizes = sizesOf(g), tile = tileOf(g, "conv2dWeightGrad");
  const cols = Math.min(tile.cols, sizes.out4);
  const threads = Math.ceil(g.kernelHeight * g.kernelWidth * sizes.in4 / tile.rows);
  const groups = [Math.ceil(threads / tile.lanes), Math.ceil(sizes.out4 / cols)] as const;
  const { pixels, partPixels, parts } = partsOfPixels(g, groups[0] * groups[1], tile.parallel);
  const partial = empty([parts, part.size]);
  launch(weightGradSubgroup, {
    constants: constantsOf(tile, cols),
    params: { ...sizes, pixels, part_pixels: partPixels, ...partParams(part) },
    tensors: { x, grad_y: gradY, partial },
    groups: [...groups, parts],
    passes: partPixels / 4,
    cost: { flops: flopsOf(g) },
  });
  return partial;
}
