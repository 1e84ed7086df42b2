/** Strided copies: the common ground of transpose, slice, concat and padding. */
import source from "../../kernels/copy.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { collapse, type Shape, sizeOf, stridesOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { elementOf, launch } from "./launch.ts";

const kernel = new Kernel("copy", source);

/** Elements of a tensor that a copy reads or writes: from an offset on, with a stride for each axis, both in elements. */
export interface Strided {
  tensor: Tensor;
  /** Default: those of the tensor's shape. */
  strides?: readonly number[];
  /** Default: 0. */
  offset?: number;
}

/** Copies the box `shape` from one tensor to another of the same type, times `scale` where that is `f32`. */
export function copyBox(shape: Shape, from: Strided, to: Strided, scale = 1): void {
  const box = collapse(
    shape,
    [from, to].map(({ tensor, strides }) => strides ?? stridesOf(tensor.shape)),
  );
  const [x, y] = [from, to].map(({ offset = 0 }, i) => ({ offset, strides: [...box.strides[i]] }));
  const lengths = [...box.shape];
  const last = lengths.length - 1;
  const byFour = [x, y].every(({ offset, strides }) =>
    [offset, ...strides.slice(0, -1)].every((n) => n % 4 === 0) && strides[last] === 1
  );
  const Scalar = to.tensor.dtype;
  const { Element, width } = elementOf(byFour ? lengths[last] : 1, Scalar);
  if (width > 1) {
    lengths[last] /= width;
    for (const end of [x, y]) {
      end.offset /= width;
      end.strides = end.strides.map((n, i) => i === last ? n : n / width);
    }
  }
  const size = sizeOf(lengths);
  launch(kernel, {
    constants: { Element, Scalar, RANK: lengths.length, SCALED: scale !== 1 },
    params: {
      shape: lengths,
      strides_x: x.strides,
      strides_y: y.strides,
      offset_x: x.offset,
      offset_y: y.offset,
      size,
      scale,
    },
    tensors: { x: from.tensor, y: to.tensor },
    threads: size,
  });
}
