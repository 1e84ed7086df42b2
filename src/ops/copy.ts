/** Strided copies: the common ground of transpose, slice, concat and padding. */
import source from "../../kernels/copy.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { collapse, type Shape, sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { launch } from "./launch.ts";

const kernel = new Kernel("copy", source);

/** Where a copy reads or writes: an offset and a stride an axis, in elements. */
export interface Place {
  tensor: Tensor;
  strides: readonly number[];
  offset?: number;
}

/** Copies the box `shape` from one place to another. */
export function copyBox(shape: Shape, from: Place, to: Place): void {
  const box = collapse(shape, [from.strides, to.strides]);
  const size = sizeOf(shape);
  launch(kernel, {
    constants: { RANK: box.shape.length },
    params: {
      shape: box.shape,
      strides_x: box.strides[0],
      strides_y: box.strides[1],
      offset_x: from.offset ?? 0,
      offset_y: to.offset ?? 0,
      size,
    },
    tensors: { x: from.tensor, y: to.tensor },
    threads: size,
  });
}
