/** The three computations of a convolution, over channels padded to multiples of four; no gradients here. */
import { empty, type Tensor } from "../tensor/tensor.ts";
import { padded } from "./channels.ts";
import { type Geometry, partLayout, tileOf } from "./conv2d_geometry.ts";
import { plainForward, plainInputGrad, plainWeightGrad } from "./conv2d_plain.ts";
import {
  subgroupForward,
  subgroupInputGrad,
  subgroupWeightGrad,
  WIDEST,
} from "./conv2d_subgroup.ts";
import { sumMiddle } from "./reduce.ts";

/** `y` `[batch, outHeight, outWidth, padded(out)]`. */
export function convolveForward(g: Geometry, x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  const y = empty([g.batch, g.outHeight, g.outWidth, padded(g.outChannels)]);
  const shared = tileOf(g, "conv2dForward").share === "subgroup" && g.kernelWidth <= WIDEST;
  (shared ? subgroupForward : plainForward)(g, x, weight, bias, y);
  return y;
}

/** The gradient for `x` `[batch, height, width, padded(in)]`. */
export function convolveInputGrad(g: Geometry, gradY: Tensor, weight: Tensor): Tensor {
  const gradX = empty([g.batch, g.height, g.width, padded(g.inChannels)]);
  const shared = tileOf(g, "conv2dInputGrad").share === "subgroup" && g.kernelWidth <= WIDEST;
  (shared ? subgroupInputGrad : plainInputGrad)(g, gradY, weight, gradX);
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
  const shared = tileOf(g, "conv2dWeightGrad").share === "subgroup" && g.kernelWidth <= WIDEST;
  const partial = (shared ? subgroupWeightGrad : plainWeightGrad)(g, x, gradY, part);
  const parts = partial.shape[0];
  const summed = parts === 1 ? partial.alias() : sumMiddle(partial, 1, parts, part.size);
  partial.dispose();
  const weight = summed.alias(shape), bias = summed.alias([padded(g.outChannels)], part.bias);
  summed.dispose();
  return { weight, bias };
}
