/** The convolution kernels for GPUs: implicit products whose operands pass through workgroup memory. */
import forwardSource from "../../kernels/conv2d_forward_workgroup.wgsl" with { type: "text" };
import inputGradSource from "../../kernels/conv2d_input_grad_workgroup.wgsl" with { type: "text" };
import weightGradSource from "../../kernels/conv2d_weight_grad_workgroup.wgsl" with {
  type: "text",
};
import { Kernel } from "../gpu/kernel.ts";
import { fitBlock, partsOfInner } from "../gpu/tiles/workgroup_tile.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import {
  epilogue,
  flopsOf,
  type ForwardOperands,
  type Geometry,
  type PartLayout,
  partParams,
  sizesOf,
  tileOf,
} from "./conv2d_geometry.ts";
import { launch } from "./launch.ts";
import { workgroupLimits } from "./matmul_workgroup.ts";

const forward = new Kernel("conv2d_forward_workgroup", forwardSource);
const inputGrad = new Kernel("conv2d_input_grad_workgroup", inputGradSource);
const weightGrad = new Kernel("conv2d_weight_grad_workgroup", weightGradSource);

/** Bytes of a pixel's origin, and of the places of a pixel in two slices. */
const ORIGIN_BYTES = 8, PLACE_BYTES = 32;

/** Writes `y`, and `before` where one is given. */
export function workgroupForward(
  g: Geometry,
  operands: ForwardOperands,
  y: Tensor,
  before?: Tensor,
): void {
  const sizes = sizesOf(g);
  const pixels = g.batch * g.outHeight * g.outWidth;
  const inner = g.kernelHeight * g.kernelWidth * 4 * sizes.in4;
  const { constants, groups } = fitBlock(
    tileOf(g, "conv2dForward"),
    { rows: pixels, cols4: sizes.out4, inner, run: 4 * sizes.in4, rowBytes: ORIGIN_BYTES },
    workgroupLimits(),
  );
  const then = epilogue(operands, before);
  launch(forward, {
    constants: { ...constants, ...then.constants },
    params: { pixels, ...sizes, ...then.params },
    tensors: { ...then.tensors, y },
    groups,
    cost: { flops: flopsOf(g) },
  });
}

/** Writes `gradX`: the gradient, plus `before` where one is given. */
export function workgroupInputGrad(
  g: Geometry,
  gradY: Tensor,
  weight: Tensor,
  gradX: Tensor,
  before?: Tensor,
): void {
  const sizes = sizesOf(g);
  const { stride } = g;
  // Residue classes are launched together; the first has the most pixels and the most taps.
  const pixels = g.batch * Math.ceil(g.height / stride) * Math.ceil(g.width / stride);
  const taps = Math.ceil(g.kernelHeight / stride) * Math.ceil(g.kernelWidth / stride);
  const tile = tileOf(g, "conv2dInputGrad");
  const { constants, groups } = fitBlock(
    { ...tile, parallel: tile.parallel / stride ** 2 },
    {
      rows: pixels,
      cols4: sizes.in4,
      inner: taps * 4 * sizes.out4,
      run: 4 * sizes.out4,
      rowBytes: ORIGIN_BYTES,
    },
    workgroupLimits(),
  );
  launch(inputGrad, {
    constants,
    params: { batch: g.batch, ...sizes, accumulate: before ? 1 : 0 },
    tensors: { grad_y: gradY, weight, before, grad_x: gradX },
    groups: [...groups, stride ** 2],
    cost: { flops: flopsOf(g) },
  });
}

/** The parts of the gradients of weight and bias, `[parts, part.size]`. */
export function workgroupWeightGrad(
  g: Geometry,
  x: Tensor,
  gradY: Tensor,
  part: PartLayout,
): Tensor {
  const sizes = sizesOf(g);
  const tile = tileOf(g, "conv2dWeightGrad");
  const pixels = g.batch * g.outHeight * g.outWidth;
  // A row more than there are weights of an output channel: that of the bias.
  const rows = g.kernelHeight * g.kernelWidth * 4 * sizes.in4 + 1;
  const { constants, groups } = fitBlock(
    // Parts make up for few workgroups, so blocks stay as large as they are.
    { ...tile, parallel: 1 },
    { rows, cols4: sizes.out4, inner: pixels, depthBytes: PLACE_BYTES },
    workgroupLimits(),
  );
  const { part: partPixels, parts } = partsOfInner(
    pixels,
    groups[0] * groups[1],
    tile.parallel,
    constants.DEPTH,
  );
  const partial = empty([parts, part.size]);
  launch(weightGrad, {
    constants,
    params: { ...sizes, pixels, part: partPixels, ...partParams(part) },
    tensors: { x, grad_y: gradY, partial },
    groups: [...groups, parts],
    cost: { flops: flopsOf(g) },
  });
  return partial;
}
