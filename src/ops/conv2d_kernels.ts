/** The three kernels of a convolution, over channels padded to multiples of four; no gradients here. */
import forwardSubgroupSource from "../../kernels/conv2d_forward_subgroup.wgsl" with {
  type: "text",
};
import forwardSource from "../../kernels/conv2d_forward.wgsl" with { type: "text" };
import inputGradSubgroupSource from "../../kernels/conv2d_input_grad_subgroup.wgsl" with {
  type: "text",
};
import inputGradSource from "../../kernels/conv2d_input_grad.wgsl" with { type: "text" };
import weightGradSubgroupSource from "../../kernels/conv2d_weight_grad_subgroup.wgsl" with {
  type: "text",
};
import weightGradSource from "../../kernels/conv2d_weight_grad.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import type { Tile, Tiles } from "../gpu/tiles.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { padded } from "./channels.ts";
import { launch } from "./launch.ts";
import { sumMiddle } from "./reduce.ts";

/** A kernel and its twin in which the lanes of a subgroup share loads; the tile says which one runs. */
interface Pair {
  plain: Kernel;
  subgroup: Kernel;
}

const forward: Pair = {
  plain: new Kernel("conv2d_forward", forwardSource),
  subgroup: new Kernel("conv2d_forward_subgroup", forwardSubgroupSource),
};
const inputGrad: Pair = {
  plain: new Kernel("conv2d_input_grad", inputGradSource),
  subgroup: new Kernel("conv2d_input_grad_subgroup", inputGradSubgroupSource),
};
const weightGrad: Pair = {
  plain: new Kernel("conv2d_weight_grad", weightGradSource),
  subgroup: new Kernel("conv2d_weight_grad_subgroup", weightGradSubgroupSource),
};

/** Sizes of a convolution; channels are those before padding. */
export interface Geometry {
  batch: number;
  height: number;
  width: number;
  inChannels: number;
  outHeight: number;
  outWidth: number;
  outChannels: number;
  kernelHeight: number;
  kernelWidth: number;
  stride: number;
  padding: number;
  tiles: Tiles;
}

function common(g: Geometry) {
  return {
    height: g.height,
    width: g.width,
    in4: padded(g.inChannels) / 4,
    out_height: g.outHeight,
    out_width: g.outWidth,
    out4: padded(g.outChannels) / 4,
    kernel_height: g.kernelHeight,
    kernel_width: g.kernelWidth,
    stride: g.stride,
    padding: g.padding,
  };
}

/** The kernel and constants for a tile of `rows` x `cols` in which lanes have `perColumn` loads a column in common. */
function tiled(
  { plain, subgroup }: Pair,
  tile: Tile,
  rows: number,
  cols: number,
  perColumn: number,
) {
  const constants = { ROWS: rows, COLS: cols, LANES: tile.lanes };
  return tile.subgroups
    ? {
      kernel: subgroup,
      constants: { ...constants, SHARED: Math.ceil(perColumn * cols / tile.lanes) },
    }
    : { kernel: plain, constants };
}

/** Tile sides for so many columns: never wider than the columns, and taller instead, up to twice. */
function fitted(tile: Tile, columns: number): [rows: number, cols: number] {
  const cols = Math.min(tile.cols, columns);
  return [tile.rows * (tile.cols >= 2 * cols ? 2 : 1), cols];
}

/** `y` `[batch, outHeight, outWidth, padded(out)]`. */
export function convolveForward(g: Geometry, x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  const sizes = common(g);
  const tile = g.tiles.conv2dForward;
  const [rows, cols] = fitted(tile, sizes.out4);
  const { kernel, constants } = tiled(forward, tile, rows, cols, 4);
  const pixels = g.batch * g.outHeight * g.outWidth;
  const y = empty([g.batch, g.outHeight, g.outWidth, 4 * sizes.out4]);
  launch(kernel, {
    constants: { ...constants, BIAS: bias !== undefined },
    params: { pixels, ...sizes },
    tensors: { x, weight, bias: bias ?? weight, y },
    groups: [
      Math.ceil(pixels / (rows * tile.lanes)),
      Math.ceil(sizes.out4 / cols),
    ],
  });
  return y;
}

/** The gradient for `x` `[batch, height, width, padded(in)]`. */
export function convolveInputGrad(g: Geometry, gradY: Tensor, weight: Tensor): Tensor {
  const sizes = common(g);
  const tile = g.tiles.conv2dInputGrad;
  const [rows, cols] = fitted(tile, sizes.in4);
  const { kernel, constants } = tiled(inputGrad, tile, rows, cols, 4);
  const pixels = g.batch * Math.ceil(g.height / g.stride) * Math.ceil(g.width / g.stride);
  const gradX = empty([g.batch, g.height, g.width, 4 * sizes.in4]);
  launch(kernel, {
    constants,
    params: { batch: g.batch, ...sizes },
    tensors: { grad_y: gradY, weight, grad_x: gradX },
    groups: [
      Math.ceil(pixels / (rows * tile.lanes)),
      Math.ceil(sizes.in4 / cols),
      g.stride * g.stride,
    ],
  });
  return gradX;
}

/** The gradient for `weight` `[kernelHeight, kernelWidth, padded(in), padded(out)]`. */
export function convolveWeightGrad(g: Geometry, x: Tensor, gradY: Tensor): Tensor {
  const sizes = common(g);
  const tile = g.tiles.conv2dWeightGrad;
  const rows = Math.min(tile.rows, sizes.in4);
  const cols = Math.min(tile.cols, sizes.out4);
  const pixelRows = g.batch * g.outHeight;
  const positions = g.kernelHeight * g.kernelWidth;
  const groupsX = Math.ceil(positions * Math.ceil(sizes.in4 / rows) / tile.lanes);
  const groupsY = Math.ceil(sizes.out4 / cols);
  const partRows = Math.ceil(pixelRows / Math.min(pixelRows, partsFor(groupsX * groupsY, tile)));
  const parts = Math.ceil(pixelRows / partRows);
  const size = positions * 16 * sizes.in4 * sizes.out4;
  const partial = empty([parts, size]);
  const { kernel, constants } = tiled(weightGrad, tile, rows, cols, 1);
  launch(kernel, {
    constants,
    params: { ...sizes, pixel_rows: pixelRows, part_rows: partRows },
    tensors: { x, grad_y: gradY, partial },
    groups: [groupsX, groupsY, parts],
  });
  const summed = parts === 1 ? partial.alias() : sumMiddle(partial, 1, parts, size);
  partial.dispose();
  const gradWeight = summed.alias([
    g.kernelHeight,
    g.kernelWidth,
    4 * sizes.in4,
    4 * sizes.out4,
  ]);
  summed.dispose();
  return gradWeight;
}

/** How many parts the long reduction is cut into, so that there are workgroups enough to fill the adapter. */
function partsFor(groups: number, tile: Tile): number {
  return Math.max(1, Math.ceil(tile.parallel / groups));
}
