/**
 * The convolution kernels for adapters whose workgroup is one subgroup: implicit matrix products with large tiles in
 * registers, in which the lanes share what they have in common.
 */
import forwardSource from "../../kernels/conv2d_forward_subgroup.wgsl" with { type: "text" };
import inputGradSource from "../../kernels/conv2d_input_grad_subgroup.wgsl" with { type: "text" };
import weightGradSource from "../../kernels/conv2d_weight_grad_subgroup.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import {
  epilogue,
  flopsOf,
  type ForwardOperands,
  type Geometry,
  type PartLayout,
  partsOfPixels,
  passesOf,
  sizesOf,
  tileOf,
} from "./conv2d_geometry.ts";
import { launch } from "./launch.ts";

const forward = new Kernel("conv2d_forward_subgroup", forwardSource);
const inputGrad = new Kernel("conv2d_input_grad_subgroup", inputGradSource);
const weightGrad = new Kernel("conv2d_weight_grad_subgroup", weightGradSource);

/** Writes `y`, and `before` where one is given. */
export function subgroupForward(
  g: Geometry,
  operands: ForwardOperands,
  y: Tensor,
  before?: Tensor,
): void {
  const sizes = sizesOf(g);
  const { rows, cols: widest, lanes } = tileOf(g, "conv2dForward");
  const cols = Math.min(widest, sizes.out4), pixels = g.batch * g.outHeight * g.outWidth;
  const { constants, params, tensors } = epilogue(operands, before);
  launch(forward, {
    constants: {
      ROWS: rows,
      COLS: cols,
      LANES: lanes,
      SHARED: Math.ceil(4 * cols / lanes),
      ...constants,
    },
    params: { pixels, ...sizes, ...params },
    tensors: { ...tensors, y },
    groups: [Math.ceil(pixels / (rows * lanes)), Math.ceil(sizes.out4 / cols)],
    passes: passesOf(g, sizes.in4),
    cost: { flops: flopsOf(g) },
  });
}

/** Writes `gradX`: the gradient, plus `before` where one is given. */
export function subgroupInputGrad(
  g: Geometry,
  gradY: Tensor,
  weight: Tensor,
  gradX: Tensor,
  before?: Tensor,
): void {
  const sizes = sizesOf(g);
  const { rows, cols: widest, lanes } = tileOf(g, "conv2dInputGrad");
  const cols = Math.min(widest, sizes.in4), { stride } = g;
  const pixels = g.batch * Math.ceil(g.height / stride) * Math.ceil(g.width / stride);
  launch(inputGrad, {
    constants: {
      ROWS: rows,
      COLS: cols,
      LANES: lanes,
      SHARED: Math.ceil(4 * cols / lanes),
    },
    params: { batch: g.batch, ...sizes, accumulate: before ? 1 : 0 },
    tensors: { grad_y: gradY, weight, before, grad_x: gradX },
    groups: [Math.ceil(pixels / (rows * lanes)), Math.ceil(sizes.in4 / cols), stride * stride],
    passes: passesOf(g, sizes.out4, stride),
    cost: { flops: flopsOf(g) },
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
  const { rows, cols: widest, lanes, parallel } = tileOf(g, "conv2dWeightGrad");
  const cols = Math.min(widest, sizes.out4);
  const threads = Math.ceil(g.kernelHeight * g.kernelWidth * sizes.in4 / rows);
  const groups = [Math.ceil(threads / lanes), Math.ceil(sizes.out4 / cols)] as const;
  const { pixels, partPixels, parts } = partsOfPixels(g, groups[0] * groups[1], parallel);
  const partial = empty([parts, part.size]);
  launch(weightGrad, {
    constants: { ROWS: rows, COLS: cols, LANES: lanes, SHARED: Math.ceil(4 * cols / lanes) },
    params: {
      ...sizes,
      pixels,
      part_pixels: partPixels,
      part4: part.size / 4,
      bias4: part.bias / 4,
    },
    tensors: { x, grad_y: gradY, partial },
    groups: [...groups, parts],
    passes: partPixels / 4,
    cost: { flops: flopsOf(g) },
  });
  return partial;
}
