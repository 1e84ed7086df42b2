/** A float64 tensor, row-major: the only value the twins know. A scalar has shape `[]` and one element. */
export interface Array64 {
  shape: number[];
  data: Float64Array;
}

/** A tensor of `shape` holding a copy of `data`. Throws `TypeError` if the lengths disagree. */
export function array64(shape: readonly number[], data: ArrayLike<number>): Array64 {
  if (data.length !== size(shape)) {
    throw new TypeError(
      `Cannot make [${shape.join(", ")}] from ${data.length} numbers: it holds ${size(shape)}`,
    );
  }
  return { shape: [...shape], data: Float64Array.from(data) };
}

/** A tensor of zeros. */
export function zeros(shape: readonly number[]): Array64 {
  return { shape: [...shape], data: new Float64Array(size(shape)) };
}

/** A tensor of shape `[]`. */
export function scalar(value: number): Array64 {
  return array64([], [value]);
}

/** Numbers nested to any depth, such as `[[1, 2], [3, 4]]`. */
export type Nested = number | Nested[];

/** The tensor written as nested arrays: `fromNested([[1, 2, 3]])` has shape `[1, 3]`. */
export function fromNested(nested: Nested): Array64 {
  const shape: number[] = [];
  for (let level = nested; Array.isArray(level); level = level[0]) shape.push(level.length);
  const flatten = (level: Nested): number[] =>
    typeof level === "number" ? [level] : level.flatMap(flatten);
  return array64(shape, flatten(nested));
}

/** Number of elements: the product of the sizes, 1 for a scalar. */
export function size(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Elements to skip for one step along each axis: `[2, 3, 4]` has strides `[12, 4, 1]`. */
export function strides(shape: readonly number[]): number[] {
  return shape.map((_, axis) => size(shape.slice(axis + 1)));
}

/** The number of an axis from the front; a negative one counts from the last. */
export function axisOf(x: Array64, axis: number): number {
  return axis < 0 ? axis + x.shape.length : axis;
}

/** Place of `x[index]` in `x.data`. The index must lie inside the tensor. */
export function offset(x: Array64, ...index: number[]): number {
  let place = 0;
  for (let axis = 0; axis < x.shape.length; axis++) place = place * x.shape[axis] + index[axis];
  return place;
}

/** Every index of a shape in row-major order: `[0, 0], [0, 1], [1, 0], ...`. */
export function* indices(shape: readonly number[]): Generator<number[]> {
  const steps = strides(shape);
  for (let place = 0; place < size(shape); place++) {
    yield shape.map((length, axis) => Math.floor(place / steps[axis]) % length);
  }
}
