/** Stretching a tensor to a larger shape. */
import { broadcastStrides, type Shape } from "../tensor/shape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { evaluateBinary } from "./binary_kernel.ts";
import { copyBox } from "./copy.ts";
import { full } from "./fill.ts";
import { stridesOf } from "../tensor/shape.ts";

/** `x` repeated to `shape`, times `scale`; no gradient. */
export function broadcastTo(x: Tensor, shape: Shape, scale = 1): Tensor {
  if (scale !== 1) {
    const factor = full([], scale);
    const scaled = evaluateBinary("mul", x, factor);
    factor.dispose();
    const y = broadcastTo(scaled, shape);
    scaled.dispose();
    return y;
  }
  const y = empty(shape);
  copyBox(shape, { tensor: x, strides: broadcastStrides(x.shape, shape) }, {
    tensor: y,
    strides: stridesOf(shape),
  });
  return y;
}
