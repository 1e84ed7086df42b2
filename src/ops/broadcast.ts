/** Stretching a tensor to a larger shape. */
import { broadcastStrides, type Shape } from "../tensor/shape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { copyBox } from "./copy.ts";

/** `x` repeated to `shape`, times `scale`; no gradient. */
export function broadcastTo(x: Tensor, shape: Shape, scale: number): Tensor {
  const y = empty(shape);
  const from = { tensor: x, strides: broadcastStrides(x.shape, shape) };
  copyBox(shape, from, { tensor: y }, scale);
  return y;
}
