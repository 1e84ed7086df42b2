/** The three computations of a convolution, over channels padded to multiples of four; no gradients here. */
import { empty, type Tensor } from "../tensor/tensor.ts";
import { padded } from "./channels.ts";
import { type ForwardOperands, type Geometry, partLayout, tileOf } from "./conv2d_geometry.ts";
import {
  lanesForward,
  lanesInputGrad,
  plainWeightGrad,
  subgroupWeightGrad,
} from "./conv2d_lanes.ts";
import { workgroupForward, workgroupInputGrad, workgroupWeightGrad } from "./conv2d_workgroup.ts";
import { takesWinograd, winogradForward, winogradInputGrad } from "./conv2d_winograd.ts";
import { sumMiddle } from "./reduce.ts";

const forward = { nothing: lanesForward, subgroup: lanesForward, workgroup: workgroupForward };
const inputGrad = {
  nothing: lanesInputGrad,
  subgroup: lanesInputGrad,
  workgroup: workgroupInputGrad,
};
const weightGrad = {
  nothing: plainWeightGrad,
  subgroup: subgroupWeightGrad,
  workgroup: workgroupWeightGrad,
};

/** `y` `[batch, outHeight, outWidth, padded(out)]`; with `keep`, also what stood there before the PReLU. */
export function convolveForward(
  g: Geometry,
  operands: ForwardOperands,
  keep = false,
): { y: Tensor; before: Tensor | undefined } {
  const shape = [g.batch, g.outHeight, g.outWidth, padded(g.outChannels)];
  const y = empty(shape), before = keep ? empty(shape) : undefined;
  const tile = tileOf(g, "conv2dForward");
  const run = takesWinograd(g, tile) ? winogradForward : forward[tile.share];
  run(g, operands, y, before);
  return { y, before };
}

/** The gradient for `x` `[batch, height, width, padded(in)]`, added to `before` where one is given. */
export function convolveInputGrad(
  g: Geometry,
  gradY: Tensor,
  weight: Tensor,
  before?: Tensor,
): Tensor {
  const gradX = empty([g.batch, g.height, g.width, padded(g.inChannels)]);
  const tile = tileOf(g, "conv2dInputGrad");
  const run = takesWinograd(g, tile) ? winogradInputGrad : inputGrad[tile.share];
  run(g, gradY, weight, gradX, before);
  return gradX;
}

/** The gradients for `weight` `[kernelHeight, kernelWidth, padded(in), padded(out)]` and for the bias `[padded(out)]`. */
export function convolveWeightGrad(
  g: Geometry,
  x: Tensor,
  gradY: Tensor,
): { weight: Tensor; bias: Tensor } {
  const shape = [g.kernelHeight, g.kernelWidth, padded(g.inChannels), padded(g.outChannels)];
  const part = partLayout(shape.reduce((a, b) => a * b, 1), g.outChannels);
  const partial = weightGrad[tileOf(g, "conv2dWeightGrad").share](g, x, gradY, part);
  const parts = partial.shape[0];
  const summed = parts === 1 ? partial.alias() : sumMiddle(partial, 1, parts, part.size);
  partial.dispose();
  const weight = summed.alias(shape), bias = summed.alias([padded(g.outChannels)], part.bias);
  summed.dispose();
  return { weight, bias };
}
