/** Convolutions of stride 1 by Winograd's products (kernels/winograd.wgsl), for adapters whose workgroup is one subgroup. */
import source from "../../kernels/conv2d_winograd.wgsl" with { type: "text" };
import rowsSource from "../../kernels/winograd_rows.wgsl" with { type: "text" };
import weightSource from "../../kernels/winograd_weight.wgsl" with { type: "text" };
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
import { launch } from "./launch.ts";

const rowsKernel = new Kernel("winograd_rows", rowsSource);
const weightKernel = new Kernel("winograd_weight", weightSource);
const product = new Kernel("conv2d_winograd", source);

/** Outputs of a strip; with kernels of 3 and 5 taps, 6 and 8 points. */
const STRIP = 4;

/** Kernels that there are points for. */
const TAPS = [3, 5];
/** Fewer channels on either side, or fewer pixels, are not worth the transforms (docs/performance.md). */
const FEWEST_CHANNELS = 32, FEWEST_PIXELS = 1024;

/** Whether a convolution, or its gradient for the images, goes this way. */
export function takesWinograd(g: Geometry, { share, winograd }: Tile): boolean {
  const square = g.kernelHeight === g.kernelWidth && TAPS.includes(g.kernelWidth);
  return winograd === true && share === "subgroup" && square && g.stride === 1 &&
    g.padding < g.kernelWidth && Math.min(g.inChannels, g.outChannels) >= FEWEST_CHANNELS &&
    g.batch * g.outHeight * g.outWidth >= FEWEST_PIXELS;
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

/** The rows of `x` in strips, `[points, batch * height, rowStrips, in]`. */
function rowsOf(g: Geometry, x: Tensor): Tensor {
  const { constants, rowStrips } = stripsOf(g), { in4, width } = sizesOf(g), { padding } = g;
  const rows = g.batch * g.height, threads = rows * in4;
  const strips = empty([constants.POINTS, rows, rowStrips, 4 * in4]);
  launch(rowsKernel, {
    constants,
    params: { threads, width, in4, padding, row_strips: rowStrips, plane: threads * rowStrips },
    tensors: { x, strips },
    threads,
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

/** The convolution `g` of `operands`, whose weights are turned or not. */
function convolve(
  g: Geometry,
  { rows, cols: most, lanes }: Tile,
  operands: ForwardOperands,
  { y, before }: { y: Tensor; before?: Tensor },
  TURNED: boolean,
): void {
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
    cost: { flops: flopsOf(g) },
  });
  strips.dispose();
  points.dispose();
}

/** Writes `y`, and `before` where one is given. */
export function winogradForward(
  g: Geometry,
  operands: ForwardOperands,
  y: Tensor,
  before?: Tensor,
): void {
  convolve(g, tileOf(g, "conv2dForward"), operands, { y, before }, false);
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
  convolve(turned(g), tile, operands, { y: gradX }, true);
}
