/** 2-D convolution. */
import { onlyOptions } from "../base/choice.ts";
import { checkDType, checkLength } from "../tensor/operands.ts";
import { sameShape, type Shape, show, sizeOf } from "../tensor/shape.ts";
import { wantsGradient, withGradient } from "../tensor/tape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { add } from "./binary.ts";
import { padAxes, unpadAxes } from "./channels.ts";
import { type Geometry, withOutput } from "./conv2d_geometry.ts";
import { convolveForward, convolveInputGrad, convolveWeightGrad } from "./conv2d_kernels.ts";
import { zeros } from "./fill.ts";
import { lettingGo } from "./letting_go.ts";
import { checkSlope, prelu, preluGrad } from "./prelu.ts";

/** Options of {@linkcode conv2d}. */
export interface Conv2dOptions {
  /** Step between windows. Default: 1. */
  stride?: number;
  /** Rows and columns of zeros on each side. Default: 0. */
  padding?: number;
  /** Added to the result, in the same kernel: `[batch, outHeight, outWidth, out]`. */
  residual?: Tensor;
  /** Slope of a PReLU that follows, in the same kernel: `[1]` or `[out]`. */
  prelu?: Tensor;
}

/**
 * Convolves images with kernels (cross-correlation, as every framework has it).
 *
 * @param x `[batch, height, width, in]`.
 * @param weight `[kernelHeight, kernelWidth, in, out]`.
 * @param bias `[out]`.
 * @returns `[batch, outHeight, outWidth, out]` with `outHeight = floor((height + 2 padding - kernelHeight) / stride) + 1`.
 * @throws {TypeError} When the shapes do not fit.
 * @throws {RangeError} When stride is no whole number from 1, or padding none from 0.
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
  onlyOptions("take conv2d()", options, ["stride", "padding", "residual", "prelu"]);
  const { residual, prelu: slope } = options;
  checkDType("conv2d", "f32", { x, weight }, { bias, residual, prelu: slope });
  const g = geometry(x, weight, bias, options);
  const shape = [g.batch, g.outHeight, g.outWidth, g.outChannels];
  checkEpilogue(shape, residual, slope);
  if (x.size * weight.size * sizeOf(shape) === 0) return ofNothing(shape, x, weight, bias, options);
  // The kernels take channels in groups of four; other counts are padded with zeros, which add nothing.
  const operands = {
    x: padAxes(x, [3]),
    weight: padAxes(weight, [2, 3]),
    bias: bias && padAxes(bias, [0]),
    residual: residual && padAxes(residual, [3]),
    slope: slope && slope.size > 1 ? padAxes(slope, [0]) : slope?.alias(),
  };
  const learned = { x, weight, bias, residual, slope };
  const inputs = Object.values(learned).filter((t) => t !== undefined);
  const training = wantsGradient(inputs);
  const { y: yp, before, strips } = convolveForward(g, operands, {
    before: training && slope !== undefined,
    strips: training && (weight.requiresGrad || bias?.requiresGrad === true),
  });
  operands.bias?.dispose();
  operands.residual?.dispose();
  const y = unpadAxes(yp, shape);
  if (!training) {
    for (const t of [operands.x, operands.weight, operands.slope]) t?.dispose();
    return y;
  }
  return withGradient("conv2d", inputs, y, (gradY, gathered) => {
    const { x: xp, weight: wp, slope: sp } = operands;
    const grads: Partial<Record<keyof typeof learned, Tensor>> = {};
    let gradZ = padAxes(gradY, [3]);
    if (slope && sp && before) {
      const [gradBefore, gradSlope] = preluGrad(before, sp, gradZ);
      gradZ.dispose();
      gradZ = gradBefore;
      grads.slope = unpadAxes(gradSlope, slope.shape);
    }
    if (residual) grads.residual = unpadAxes(gradZ.alias(), shape);
    if (x.requiresGrad) {
      // What has gathered already can be added by the kernel, where its channels need no padding.
      const soFar = x.shape[3] % 4 === 0 ? gathered(0) : undefined;
      grads.x = unpadAxes(convolveInputGrad(g, gradZ, wp, soFar), x.shape);
      soFar?.dispose();
    }
    if (weight.requiresGrad || bias?.requiresGrad) {
      const sums = convolveWeightGrad(g, xp, gradZ, strips);
      grads.weight = unpadAxes(sums.weight, weight.shape);
      grads.bias = unpadAxes(sums.bias, [g.outChannels]);
      if (!bias) grads.bias.dispose();
    }
    for (const t of [xp, wp, sp, gradZ, before, strips]) t?.dispose();
    return names(learned).map((name) => grads[name]);
  });
}

/** A convolution without a product in it: of no images, or over no channels. */
function ofNothing(
  shape: Shape,
  x: Tensor,
  weight: Tensor,
  bias: Tensor | undefined,
  { residual, prelu: slope }: Conv2dOptions,
): Tensor {
  const none = withGradient(
    "conv2d",
    [x, weight],
    zeros(shape),
    () => [zeros(x.shape), zeros(weight.shape)],
  );
  const biased = bias ? add(none, bias) : none;
  const added = residual ? add(biased, residual) : biased;
  return lettingGo(slope ? prelu(added, slope) : added, ...new Set([none, biased, added]));
}

/** The names of those that are there. */
function names<K extends string>(of: Record<K, Tensor | undefined>): K[] {
  return (Object.keys(of) as K[]).filter((name) => of[name] !== undefined);
}

function checkEpilogue(shape: Shape, residual: Tensor | undefined, slope: Tensor | undefined) {
  if (residual && !sameShape(residual.shape, shape)) {
    throw new TypeError(
      `Cannot add the residual ${show(residual.shape)} to a convolution's ${
        show(shape)
      }: the shapes must be equal`,
    );
  }
  if (slope) checkSlope(shape, slope, 1);
}

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
  if (kernelHeight === 0 || kernelWidth === 0) {
    throw new TypeError(`${what}: the kernels have no pixels`);
  }
  if (inChannels !== weightIn) {
    throw new TypeError(
      `${what}: the images have ${inChannels} channels, the kernels take ${weightIn}; they must be equal`,
    );
  }
  if (bias) checkLength(what, "the bias", bias, outChannels);
  const image = { batch, height, width, inChannels };
  const g = withOutput({ ...image, outChannels, kernelHeight, kernelWidth, stride, padding });
  if (g.outHeight < 1 || g.outWidth < 1) {
    throw new TypeError(`${what}: with padding ${padding} the kernel is larger than the image`);
  }
  return g;
}
