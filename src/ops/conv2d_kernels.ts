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
import {
  forwardTakesWinograd,
  inputGradTakesWinograd,
  weightGradTakesWinograd,
  winogradForward,
  winogradInputGrad,
  winogradWeightGrad,
} from "./conv2d_winograd.ts";
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

/** What of a forward pass its backward pass takes. */
export interface Kept {
  /** What stood there before the PReLU. */
  before?: boolean;
  /** The rows of `x` at Winograd's points, where both passes go that way. */
  strips?: boolean;
}

/** `y` `[batch, outHeight, outWidth, padded(out)]`, and what is to be kept. */
export function convolveForward(
  g: Geometry,
  operands: ForwardOperands,
  keep: Kept = {},
): { y: Tensor; before?: Tensor; strips?: Tensor } {
  const shape = [g.batch, g.outHeight, g.outWidth, padded(g.outChannels)];
  const y = empty(shape), before = keep.before ? empty(shape) : undefined;
  if (!forwardTakesWinograd(g)) {
    forward[tileOf(g, "conv2dForward").share](g, operands, y, before);
    return { y, before };
  }
  const strips = winogradForward(g, operands, y, before);
  if (keep.strips && weightGradTakesWinograd(g)) return { y, before, strips };
  strips.dispose();
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
  const { share } = tileOf(g, "conv2dInputGrad");
  const run = inputGradTakesWinograd(g) ? winogradInputGrad : inputGrad[share];
  run(g, gradY, weight, gradX, before);
  return gradX;
}

/**
 * The gradients for `weight` `[kernelHeight, kernelWidth, padded(in), padded(out)]` and for the bias `[padded(out)]`.
 *
 * @param strips What the forward pass kept.
 */
export function convolveWeightGrad(
  g: Geometry,
  x: Tensor,
  gradY: Tensor,
  strips?: Tensor,
): { weight: Tensor; bias: Tensor } {
  if (weightGradTakesWinograd(g)) return winogradWeightGrad(g, x, gradY, strips);
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
