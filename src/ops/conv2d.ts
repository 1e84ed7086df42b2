/** 2-D convolution. */
import { gpu } from "../gpu/device.ts";
import { show } from "../tensor/shape.ts";
import { note } from "../tensor/tape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { padAxes, unpadAxes } from "./channels.ts";
import type { Geometry } from "./conv2d_geometry.ts";
import { convolveForward, convolveInputGrad, convolveWeightGrad } from "./conv2d_kernels.ts";

/** Options of {@linkcode conv2d}. */
export interface Conv2dOptions {
  /** Step between windows; 1 without it. */
  stride?: number;
  /** Rows and columns of zeros on each side. */
  padding?: number;
}

/**
 * Convolves images with kernels (cross-correlation, as every framework has it).
 *
 * @param x `[batch, height, width, in]`.
 * @param weight `[kernelHeight, kernelWidth, in, out]`.
 * @param bias `[out]`.
 * @returns `[batch, outHeight, outWidth, out]` with `outHeight = floor((height + 2 padding - kernelHeight) / stride) + 1`.
 * @throws {TypeError} When the shapes do not fit.
 * @throws {RangeError} When stride or padding is no such number.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { conv2d, ones, openGpu } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const y = conv2d(ones([1, 3, 3, 1]), ones([2, 2, 1, 1]), undefined, { stride: 1, padding: 1 });
 * assertEquals(y.shape, [1, 4, 4, 1]);
 * assertEquals([...await y.read()], [1, 2, 2, 1, 2, 4, 4, 2, 2, 4, 4, 2, 1, 2, 2, 1]);
 * ```
 */
export function conv2d(
  x: Tensor,
  weight: Tensor,
  bias?: Tensor,
  options: Conv2dOptions = {},
): Tensor {
  const g = geometry(x, weight, bias, options);
  // The kernels take channels in groups of four; other counts are padded with zeros, which add nothing.
  const xp = padAxes(x, [3]), wp = padAxes(weight, [2, 3]), bp = bias && padAxes(bias, [0]);
  const yp = convolveForward(g, xp, wp, bp);
  const y = unpadAxes(yp, [g.batch, g.outHeight, g.outWidth, g.outChannels]);
  bp?.dispose();
  const inputs = bias ? [x, weight, bias] : [x, weight];
  const noted = note("conv2d", inputs, y, (gradY) => {
    const gp = padAxes(gradY, [3]);
    const gradX = x.requiresGrad ? unpadAxes(convolveInputGrad(g, gp, wp), x.shape) : undefined;
    const learned = weight.requiresGrad || bias?.requiresGrad
      ? convolveWeightGrad(g, xp, gp)
      : undefined;
    const gradWeight = learned && unpadAxes(learned.weight, weight.shape);
    const gradBias = learned && unpadAxes(learned.bias, [g.outChannels]);
    if (!bias) gradBias?.dispose();
    for (const t of [xp, wp, gp]) t.dispose();
    return bias ? [gradX, gradWeight, gradBias] : [gradX, gradWeight];
  });
  if (!noted.requiresGrad) {
    xp.dispose();
    wp.dispose();
  }
  return noted;
}

/** The gradient for the bias `[out]`. */
function geometry(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | undefined,
  options: Conv2dOptions,
): Geometry {
  const { stride = 1, padding = 0 } = options;
  const what = `Cannot convolve ${show(x.shape)} with ${show(weight.shape)}`;
  if (x.shape.length !== 4 || weight.shape.length !== 4) {
    throw new TypeError(
      `${what}: images are [batch, height, width, channels], kernels [height, width, in, out]`,
    );
  }
  if (!Number.isInteger(stride) || stride < 1) {
    throw new RangeError(`${what}: stride ${stride}; it must be a whole number from 1`);
  }
  if (!Number.isInteger(padding) || padding < 0) {
    throw new RangeError(`${what}: padding ${padding}; it must be a whole number from 0`);
  }
  const [batch, height, width, inChannels] = x.shape;
  const [kernelHeight, kernelWidth, weightIn, outChannels] = weight.shape;
  if (inChannels !== weightIn) {
    throw new TypeError(
      `${what}: the images have ${inChannels} channels, the kernels take ${weightIn}; they must be equal`,
    );
  }
  if (bias && (bias.shape.length !== 1 || bias.shape[0] !== outChannels)) {
    throw new TypeError(`${what}: the bias is ${show(bias.shape)}; it must be [${outChannels}]`);
  }
  const outHeight = Math.floor((height + 2 * padding - kernelHeight) / stride) + 1;
  const outWidth = Math.floor((width + 2 * padding - kernelWidth) / stride) + 1;
  if (outHeight < 1 || outWidth < 1) {
    throw new TypeError(`${what}: with padding ${padding} the kernel is larger than the image`);
  }
  return {
    batch,
    height,
    width,
    inChannels,
    outHeight,
    outWidth,
    outChannels,
    kernelHeight,
    kernelWidth,
    stride,
    padding,
    tiles: gpu().tiles,
  };
}
