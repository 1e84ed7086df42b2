/** Max pooling. */
import { onlyOptions } from "../base/choice.ts";
import gradSource from "../../kernels/max_pool_grad.wgsl" with { type: "text" };
import source from "../../kernels/max_pool.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { checkDType } from "../tensor/operands.ts";
import { show } from "../tensor/shape.ts";
import { withGradient } from "../tensor/tape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { outSide } from "./conv2d_geometry.ts";
import { elementOf, launch } from "./launch.ts";

const kernel = new Kernel("max_pool", source);
const gradKernel = new Kernel("max_pool_grad", gradSource);

/** Options of {@linkcode maxPool2d}. */
export interface MaxPool2dOptions {
  /** Side of the square window. Default: 2. */
  kernel?: number;
  /** Default: the window's side. */
  stride?: number;
  /** Border that never wins, less than the window's side. Default: 0. */
  padding?: number;
}

/**
 * The largest value of each window; NaN where it holds one. At a tie the first in row-major order wins, and the gradient goes
 * to it.
 *
 * @param x `[batch, height, width, channels]`.
 * @returns `[batch, outHeight, outWidth, channels]` with `outHeight = floor((height + 2 padding - kernel) / stride) + 1`.
 * @throws {TypeError} When `x` is no batch of images, or the window is larger than the padded image.
 * @throws {RangeError} When kernel or stride is no whole number from 1, or padding none from 0 to below the kernel.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { maxPool2d, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const y = maxPool2d(tensor([1, 2, 3, 4, 5, 6, 7, 8], { shape: [1, 2, 4, 1] }));
 * assertEquals([...await y.read()], [6, 8]);
 * ```
 */
export function maxPool2d(x: Tensor, options: MaxPool2dOptions = {}): Tensor {
  checkDType("maxPool2d", "f32", { x });
  const given = onlyOptions("take maxPool2d()", options, ["kernel", "stride", "padding"]);
  const { kernel: window = 2, stride = window, padding = 0 } = given;
  const what = `Cannot pool ${show(x.shape)} by windows of ${window}`;
  if (x.shape.length !== 4) {
    throw new TypeError(`${what}: images are [batch, height, width, channels]`);
  }
  const whole = [window, stride, padding].every(Number.isInteger);
  if (!whole || window < 1 || stride < 1 || padding < 0 || padding >= window) {
    throw new RangeError(
      `${what}, stride ${stride}, padding ${padding}: these are whole numbers, kernel and stride from 1, padding less ` +
        "than the kernel",
    );
  }
  const [batch, height, width, channels] = x.shape;
  const [outHeight, outWidth] = [height, width].map((side) =>
    outSide(side, window, stride, padding)
  );
  if (outHeight < 1 || outWidth < 1) {
    throw new TypeError(`${what}: the window is larger than the image`);
  }
  const { Element, width: lanes } = elementOf(channels);
  const constants = {
    Element,
    Index: lanes === 4 ? "vec4<u32>" : "u32",
    WINDOW: window,
    STRIDE: stride,
  };
  const columns = channels / lanes;
  const sizes = {
    height,
    width,
    columns,
    out_height: outHeight,
    out_width: outWidth,
    padding,
  };
  const y = empty([batch, outHeight, outWidth, channels]);
  const winner = empty(y.shape, "i32");
  launch(kernel, {
    constants,
    params: { rows: batch * outHeight, ...sizes },
    tensors: { x, y, winner },
    threads: batch * outHeight * columns,
    passes: outWidth * (2 + window * (window + 2)),
  });
  const result = withGradient("maxPool2d", [x], y, (gradY) => {
    const gradX = empty(x.shape), reach = Math.ceil(window / stride);
    launch(gradKernel, {
      constants,
      params: { rows: batch * height, ...sizes },
      tensors: { winner, grad_y: gradY, grad_x: gradX },
      threads: batch * height * columns,
      passes: width * (2 + reach * (reach + 2)),
    });
    winner.dispose();
    return [gradX];
  });
  if (!result.requiresGrad) winner.dispose();
  return result;
}
