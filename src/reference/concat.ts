import { type Array64, indices, offset, zeros } from "./array64.ts";
import { slice } from "./slice.ts";

/** Tensors end to end along `axis`; all other sizes agree: `[2, 3]` and `[2, 5]` along 1 give `[2, 8]`. */
export function concat(parts: readonly Array64[], axis: number): Array64 {
  const starts = startsOf(parts.map((part) => part.shape), axis);
  const y = zeros(parts[0].shape.with(axis, starts[parts.length]));
  parts.forEach((part, which) => {
    for (const index of indices(part.shape)) {
      const inY = index.with(axis, starts[which] + index[axis]);
      y.data[offset(y, ...inY)] = part.data[offset(part, ...index)];
    }
  });
  return y;
}

/** Gradient for each part: the block of `grad` where the part went. */
export function concatBackward(
  grad: Array64,
  shapes: readonly (readonly number[])[],
  axis: number,
): Array64[] {
  const starts = startsOf(shapes, axis);
  return shapes.map((shape, which) =>
    slice(
      grad,
      shape.map((_, a) => a === axis ? starts[which] : 0),
      shape.map((length, a) => a === axis ? starts[which] + length : length),
    )
  );
}

/** Where each part begins along `axis`, and where the last one ends. */
function startsOf(shapes: readonly (readonly number[])[], axis: number): number[] {
  const starts = [0];
  for (const shape of shapes) starts.push(starts[starts.length - 1] + shape[axis]);
  return starts;
}
