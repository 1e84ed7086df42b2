/** Global average pooling. */
import { checkDType } from "../tensor/operands.ts";
import { show } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { mean } from "./reduce.ts";

/**
 * The mean of each channel over the image.
 *
 * @param x `[batch, height, width, channels]`.
 * @returns `[batch, channels]`.
 * @throws {TypeError} When `x` is no batch of images, or they have no pixels.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { globalAvgPool2d, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const image = tensor([[[[1, 10], [3, 30]]]]); // one row of two pixels with two channels
 * assertEquals([...await globalAvgPool2d(image).read()], [2, 20]);
 * ```
 */
export function globalAvgPool2d(x: Tensor): Tensor {
  checkDType("globalAvgPool2d", "f32", { x });
  if (x.shape.length !== 4) {
    throw new TypeError(
      `Cannot average ${show(x.shape)} over its image: images are [batch, height, width, channels]`,
    );
  }
  return mean(x, { axes: [1, 2] });
}
