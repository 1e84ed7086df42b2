/** Convolutions of stride 1 by Winograd's products (kernels/winograd.wgsl), for adapters whose workgroup is one subgroup. */
import source from "../../kernels/conv2d_winograd.wgsl" with { type: "text" };
import gradSource from "../../kernels/conv2d_winograd_weight_grad.wgsl" with { type: "text" };
import rowsSource from "../../kernels/winograd_rows.wgsl" with { type: "text" };
import weightSource from "../../kernels/winograd_weight.wgsl" with { type: "text" };
import weightGradSource from "../../kernels/winograd_weight_grad.wgsl" with { type: "text" };
import { gpu } from "../gpu/device.ts";
import { Kernel } from "../gpu/kernel.ts";
import type { Tile } from "../gpu/tiles/tiles.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import {
  epilogue,
  flopsOf,
  type ForwardOperands,
  type Geometry,
  sizesOf,
  tileOf,
} from "./conv2d_geometry.ts";
import { launch, MOST_PASSES } from "./launch.ts";
import { sumMiddle } from "./reduce.ts";

const rowsKernel = new Kernel("winograd_rows", rowsSource);
const weightKernel = new Kernel("winograd_weight", weightSource);
const weightGradKernel = new Kernel("winograd_weight_grad", weightGradSource);
const product = new Kernel("conv2d_winograd", source);
const gradProduct = new Kernel("conv2d_winograd_weight_grad", gradSource);

/** Outputs of a strip; with kernels of 3 and 5 taps, 6 and 8 points. */
const STRIP = 4;

/** Strips whose products a thread adds up: longer sums would lose digits. */
const LONGEST_PART = 4096;

/** Kernels that there are points for. */
const TAPS = [3, 5];
/** Fewer pixels are not worth a transform of the weights. */
const FEWEST_PIXELS = 1024;
/** What a gradient must gain, since less is noise. */
const GAIN = 0.1;
/**
 * Nanoseconds of eight lanes, measured with llvmpipe (docs/performance.md): the product of a group of four input and four
 * output channels, a strip's transform and store at a point, and its sums added to the outputs.
 */
const COST = { product: 6, strip: 80, outputs: 42 };

/** Whether the way through the points gains so much, when a point of a strip costs `beside` more than its products. */
function isWorth(
  g: Geometry,
  { share, winograd }: Tile,
  beside: number,
  gain: number = GAIN,
): boolean {
  const taps = g.kernelWidth, { in4, out4 } = sizesOf(g);
  if (
    winograd !== true || share !== "subgroup" || g.stride !== 1 || g.padding >= taps ||
    g.kernelHeight !== taps || !TAPS.includes(taps) ||
    g.batch * g.outHeight * g.outWidth < FEWEST_PIXELS
  ) return false;
  const { constants, rowStrips } = stripsOf(g);
  const stripBytes = 16 * constants.POINTS * g.batch * rowStrips;
  const bytes = stripBytes * Math.max(g.height * in4, g.outHeight * out4);
  if (bytes > gpu().pool.mostBytes) return false;
  if (Math.max(passesOfProduct(g), rowStrips) > MOST_PASSES) return false;
  const products = COST.product * taps * in4 * out4, points = constants.POINTS * rowStrips;
  return points * (products + beside) < (1 - gain) * taps * products * g.outWidth;
}

/** Passes through the loops over points, kernel rows and channels. */
function passesOfProduct(g: Geometry): number {
  const { constants: { POINTS } } = stripsOf(g);
  return POINTS * (1 + g.kernelHeight * (1 + sizesOf(g).in4));
}

/** Whether a convolution goes this way. It need gain nothing itself, since its backward pass uses the strips again. */
export function forwardTakesWinograd(g: Geometry): boolean {
  const { in4, out4 } = sizesOf(g);
  return isWorth(g, tileOf(g, "conv2dForward"), COST.strip * in4 + COST.outputs * out4, 0);
}

/** Whether its gradient for the images does. */
export function inputGradTakesWinograd(g: Geometry): boolean {
  const { in4, out4 } = sizesOf(g);
  return isWorth(
    turned(g),
    tileOf(g, "conv2dInputGrad"),
    COST.strip * out4 + COST.outputs * in4,
  );
}

/** Whether its gradient for the weights does. */
export function weightGradTakesWinograd(g: Geometry): boolean {
  const { in4, out4 } = sizesOf(g);
  const made = forwardTakesWinograd(g) ? 0 : in4;
  return isWorth(g, tileOf(g, "conv2dWeightGrad"), COST.strip * (made + out4));
}

/** How the rows of a convolution are cut, as the kernels' constants. */
function stripsOf({ kernelWidth, outWidth }: Geometry) {
  return {
    constants: { POINTS: STRIP + kernelWidth - 1, STRIP },
    rowStrips: Math.ceil(outWidth / STRIP),
  };
}

/** The convolution whose outputs are the gradient of another one's images: its own, turned. */
function turned(g: Geometry): Geometry {
  return {
    ...g,
    height: g.outHeight,
    width: g.outWidth,
    inChannels: g.outChannels,
    outHeight: g.height,
    outWidth: g.width,
    outChannels: g.inChannels,
    padding: g.kernelHeight - 1 - g.padding,
  };
}

/** The rows of the images, or of the outputs' gradient, in strips: `[points, batch * height, rowStrips, channels]`. */
function rowsOf(g: Geometry, x: Tensor, OUTPUTS = false): Tensor {
  const { constants, rowStrips } = stripsOf(g), [batch, height, width, channels] = x.shape;
  const rows = batch * height, in4 = channels / 4, threads = rows * in4;
  const strips = empty([constants.POINTS, rows, rowStrips, channels]);
  launch(rowsKernel, {
    constants: { ...constants, OUTPUTS },
    params: {
      threads,
      width,
      in4,
      padding: OUTPUTS ? 0 : g.padding,
      row_strips: rowStrips,
      plane: threads * rowStrips,
    },
    tensors: { x, strips },
    threads,
    passes: rowStrips,
  });
  return strips;
}

/** `weight` `[taps, taps, in, out]` at the points, `[points, taps, in, out]`. */
function pointsOf(weight: Tensor, POINTS: number, TURNED: boolean): Tensor {
  const [TAPS, , inputs, outputs] = weight.shape, plane = inputs * outputs / 4;
  const points = empty([POINTS, TAPS, inputs, outputs]);
  launch(weightKernel, {
    constants: { TAPS, POINTS, TURNED },
    params: { plane },
    tensors: { weight, points },
    threads: plane,
  });
  return points;
}

/** The convolution `g` of `operands`, whose weights are turned or not; gives the rows of its images in strips. */
function convolve(
  g: Geometry,
  { rows, cols: most, lanes }: Tile,
  operands: ForwardOperands,
  { y, before }: { y: Tensor; before?: Tensor },
  TURNED: boolean,
): Tensor {
  const { constants, rowStrips } = stripsOf(g), { height, in4, out4, ...sizes } = sizesOf(g);
  const strips = rowsOf(g, operands.x);
  const points = pointsOf(operands.weight, constants.POINTS, TURNED);
  const then = epilogue(operands, before), { bias, residual, slope } = operands;
  const cols = Math.min(most, out4), all = g.batch * g.outHeight * rowStrips;
  launch(product, {
    constants: {
      ROWS: rows,
      COLS: cols,
      LANES: lanes,
      SHARED: Math.ceil(4 * cols / lanes),
      KINDS: Math.ceil(cols / lanes),
      TAPS: g.kernelWidth,
      TURNED,
      ...constants,
      ...then.constants,
    },
    params: {
      strips: all,
      row_strips: rowStrips,
      height,
      in4,
      out_height: sizes.out_height,
      out_width: sizes.out_width,
      out4,
      padding: g.padding,
      plane: g.batch * g.height * rowStrips,
      ...then.params,
    },
    tensors: { strips, points, bias, residual, slope, y, before },
    groups: [Math.ceil(all / (rows * lanes)), Math.ceil(out4 / cols)],
    passes: passesOfProduct(g),
    cost: { flops: flopsOf(g) },
  });
  points.dispose();
  return strips;
}

/** Writes `y`, and `before` where one is given; gives the rows of `x` in strips. */
export function winogradForward(
  g: Geometry,
  operands: ForwardOperands,
  y: Tensor,
  before?: Tensor,
): Tensor {
  return convolve(g, tileOf(g, "conv2dForward"), operands, { y, before }, false);
}

/** Writes `gradX`: the gradient, plus `before` where one is given. */
export function winogradInputGrad(
  g: Geometry,
  gradY: Tensor,
  weight: Tensor,
  gradX: Tensor,
  before?: Tensor,
): void {
  const tile = tileOf(g, "conv2dInputGrad");
  const operands = { x: gradY, weight, residual: before };
  convolve(turned(g), tile, operands, { y: gradX }, true).dispose();
}

/** The gradients for `weight` `[taps, taps, in, out]` and for the bias `[out]`. */
export function winogradWeightGrad(
  g: Geometry,
  x: Tensor,
  gradY: Tensor,
  kept?: Tensor,
): { weight: Tensor; bias: Tensor } {
  const { constants: { POINTS }, rowStrips } = stripsOf(g), tile = tileOf(g, "conv2dWeightGrad");
  const { height, in4, out_height, out4 } = sizesOf(g), TAPS = g.kernelWidth;
  const strips = kept?.alias() ?? rowsOf(g, x), grad = rowsOf(g, gradY, true);
  const { rows, lanes, parallel } = tile, cols = Math.min(tile.cols, out4);
  const groups = [Math.ceil(TAPS * in4 / (rows * lanes)), Math.ceil(out4 / cols)] as const;
  const all = g.batch * g.outHeight * rowStrips;
  const wanted = Math.ceil(
    Math.max(parallel / (groups[0] * groups[1] * POINTS), all / LONGEST_PART),
  );
  const partStrips = 4 * Math.ceil(all / wanted / 4), parts = Math.ceil(all / partStrips);
  const partial = empty([parts, POINTS, TAPS, 4 * in4, 4 * out4]);
  launch(gradProduct, {
    constants: {
      ROWS: rows,
      COLS: cols,
      LANES: lanes,
      SHARED: Math.ceil(4 * cols / lanes),
      POINTS,
      TAPS,
    },
    params: {
      height,
      in4,
      out_height,
      out4,
      padding: g.padding,
      row_strips: rowStrips,
      plane: g.batch * g.height * rowStrips,
      strips: all,
      part_strips: partStrips,
    },
    tensors: { strips, grad, partial },
    groups: [...groups, POINTS * parts],
    passes: partStrips / 4,
    cost: { flops: flopsOf(g) },
  });
  strips.dispose();
  grad.dispose();
  const points = parts === 1 ? partial : sumMiddle(partial, 1, parts, partial.size / parts);
  if (parts > 1) partial.dispose();
  const weight = empty([TAPS, TAPS, 4 * in4, 4 * out4]), plane = 4 * in4 * out4;
  launch(weightGradKernel, {
    constants: { TAPS, POINTS },
    params: { plane },
    tensors: { grad_points: points, grad_weight: weight },
    threads: plane,
  });
  points.dispose();
  const sums = sumMiddle(gradY, 1, gradY.size / (4 * out4), 4 * out4);
  const bias = sums.alias([4 * out4]);
  sums.dispose();
  return { weight, bias };
}
