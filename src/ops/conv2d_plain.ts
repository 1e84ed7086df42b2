/** The convolution kernels that run on every adapter: lanes along pixels, every thread loading for itself. */
import forwardSource from "../../kernels/conv2d_forward.wgsl" with { type: "text" };
import inputGradSource from "../../kernels/conv2d_input_grad.wgsl" with { type: "text" };
import weightGradSource from "../../kernels/conv2d_weight_grad.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import {
  epilogue,
  flopsOf,
  type ForwardOperands,
  type Geometry,
  type PartLayout,
  partsOfRows,
  passesOf,
  sizesOf,
  tileOf,
} from "./conv2d_geometry.ts";
import { launch } from "./launch.ts";

const forward = new Kernel("conv2d_forward", forwardSource);
const inputGrad = new Kernel("conv2d_input_grad", inputGradSource);
const weightGrad = new Kernel("conv2d_weight_grad", weightGradSource);

/** Writes `y`, and `before` where one is given. */
export function plainForward(
  g: Geometry,
  operands: ForwardOperands,
  y: Tensor,
  before?: Tensor,
): void {
  const sizes = sizesOf(g);
  const { rows, cols: most, lanes } = tileOf(g, "conv2dForward");
  const cols = Math.min(most, sizes.out4);
  const pixels = g.batch * g.outHeight * g.outWidth;
  const { constants, params, tensors } = epilogue(operands, before);
  launch(forward, {
    constants: { ROWS: rows, COLS: cols, LANES: lanes, ...constants },
    params: { pixels, ...sizes, ...params },
    tensors: { ...tensors, y },
    groups: [Math.ceil(pixels / (rows * lanes)), Math.ceil(sizes.out4 / cols)],
    passes: passesOf(g, sizes.in4),
    cost: { flops: flopsOf(g) },
  });
}

/** Writes `gradX`: the gradient, plus `before` where one is given. */
export function plainInputGrad(
  g: Geometry,
  gradY: Tensor,
  weight: Tensor,
  gradX: Tensor,
  before?: Tensor,
): void {
  const sizes = sizesOf(g), { stride } = g;
  const { rows, cols: most, lanes } = tileOf(g, "conv2dInputGrad");
  const cols = Math.min(most, sizes.in4);
  const pixels = g.batch * Math.ceil(g.height / stride) * Math.ceil(g.width / stride);
  launch(inputGrad, {
    constants: { ROWS: rows, COLS: cols, LANES: lanes },
    params: { batch: g.batch, ...sizes, accumulate: before ? 1 : 0 },
    tensors: { grad_y: gradY, weight, before, grad_x: gradX },
    groups: [Math.ceil(pixels / (rows * lanes)), Math.ceil(sizes.in4 / cols), stride * stride],
    passes: passesOf(g, sizes.out4, stride),
    cost: { flops: flopsOf(g) },
  });
}

/** The parts of the gradients of weight and bias, `[parts, part.size]`. */
export function plainWeightGrad(g: Geometry, x: Tensor, gradY: Tensor, part: PartLayout): Tensor {
  const sizes = sizesOf(g);
  const tile = tileOf(g, "conv2dWeightGrad");
  const rows = Math.min(tile.rows, sizes.in4), cols = Math.min(tile.cols, sizes.out4);
  const tiles = g.kernelHeight * g.kernelWidth * Math.ceil(sizes.in4 / rows);
  const groups = [Math.ceil(tiles / tile.lanes), Math.ceil(sizes.out4 / cols)] as const;
  const { pixelRows, partRows, parts } = partsOfRows(g, groups[0] * groups[1], tile.parallel);
  const partial = empty([parts, part.size]);
  launch(weightGrad, {
    constants: { ROWS: rows, COLS: cols, LANES: tile.lanes },
    params: {
      ...sizes,
      pixel_rows: pixelRows,
      part_rows: partRows,
      part4: part.size / 4,
      bias4: part.bias / 4,
    },
    tensors: { x, grad_y: gradY, partial },
    groups: [...groups, parts],
    passes: partRows * (g.outWidth + 2),
    cost: { flops: flopsOf(g) },
  });
  return partial;
}
