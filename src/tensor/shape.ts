/** Shapes: sizes, broadcasting, axes. */

/** Lengths of a tensor's axes; `[]` is a scalar. */
export type Shape = readonly number[];

/** Kernels count in 32 bits. */
const MOST_LENGTH = 2 ** 32;

/** The number of elements. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((a, b) => a * b, 1);
}

/** `[2, 3]` as text. */
export function show(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

/**
 * Refuses what is no shape.
 *
 * @throws {TypeError} For an axis whose length is no whole number from 0.
 */
export function checkShape(act: string, shape: Shape): void {
  if (!Array.isArray(shape)) {
    throw new TypeError(`Cannot ${act}: its shape is ${shape}; give a list of lengths`);
  }
  for (const [axis, length] of shape.entries()) {
    if (Number.isInteger(length) && length >= 0 && length < MOST_LENGTH) continue;
    throw new TypeError(
      `Cannot ${act} ${
        show(shape)
      }: axis ${axis} is ${length} long; lengths are whole numbers from 0 to ${MOST_LENGTH - 1}`,
    );
  }
}

/**
 * Refuses what is no list where numbers for axes are to be.
 *
 * @throws {TypeError}
 */
export function checkList(act: string, name: string, numbers: readonly number[]): void {
  if (Array.isArray(numbers)) return;
  throw new TypeError(`Cannot ${act}: ${name} is ${numbers}; give a list of numbers`);
}

/** True when both shapes are the same. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((n, i) => n === b[i]);
}

/** Element strides of a row-major tensor. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let i = shape.length - 2; i >= 0; i--) strides[i] = strides[i + 1] * shape[i + 1];
  return strides;
}

/**
 * The shape two operands broadcast to, by NumPy's rule: axes are matched from the last; 1 stretches.
 *
 * @throws {TypeError} When the shapes do not fit.
 */
export function broadcastShape(act: string, a: Shape, b: Shape): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const m = a[i - rank + a.length] ?? 1, n = b[i - rank + b.length] ?? 1;
    if (m !== n && m !== 1 && n !== 1) {
      throw new TypeError(
        `Cannot ${act} ${show(a)} and ${
          show(b)
        }: axis ${i} from the left of the result has lengths ${m} and ${n}; ` +
          "they must be equal or one of them 1",
      );
    }
    return m === 1 ? n : m;
  });
}

/** Strides with which a tensor of `shape` is read as one of the broadcast shape `to`: 0 where it stretches. */
export function broadcastStrides(shape: Shape, to: Shape): number[] {
  const strides = stridesOf(shape);
  return to.map((_, i) => {
    const axis = i - to.length + shape.length;
    return axis < 0 || shape[axis] === 1 ? 0 : strides[axis];
  });
}

/**
 * Axes as sorted non-negative numbers; none given means all.
 *
 * @throws {RangeError} For an axis the shape does not have, or one named twice.
 */
export function normalizeAxes(
  act: string,
  shape: Shape,
  axes?: number | readonly number[],
): number[] {
  const given = axes === undefined
    ? shape.map((_, i) => i)
    : typeof axes === "number"
    ? [axes]
    : axes;
  checkList(`${act} axes of ${show(shape)}`, "what names them", given);
  const positive = given.map((axis) => {
    if (!Number.isInteger(axis) || axis < -shape.length || axis >= shape.length) {
      throw new RangeError(
        `Cannot ${act} axis ${axis} of ${show(shape)}: ${
          shape.length === 0
            ? "a scalar has no axes"
            : `axes go from ${-shape.length} to ${shape.length - 1}`
        }`,
      );
    }
    return axis < 0 ? axis + shape.length : axis;
  }).sort((a, b) => a - b);
  if (new Set(positive).size < positive.length) {
    throw new RangeError(
      `Cannot ${act} axes ${show(given)} of ${show(shape)}: an axis is named twice`,
    );
  }
  return positive;
}

/**
 * The same box with as few axes as possible: axes of length 1 go, and neighbours that every operand walks through in one
 * stride become one. Fewer axes, fewer divisions in a kernel.
 *
 * @throws {RangeError} When more than 8 axes remain.
 */
export function collapse(
  shape: Shape,
  strides: readonly (readonly number[])[],
): { shape: number[]; strides: number[][] } {
  const outShape: number[] = [];
  const outStrides: number[][] = strides.map(() => []);
  shape.forEach((length, axis) => {
    if (length === 1) return;
    const last = outShape.length - 1;
    const joins = last >= 0 && strides.every((s, i) => outStrides[i][last] === s[axis] * length);
    if (joins) outShape[last] *= length;
    else outShape.push(length);
    const at = outShape.length - 1;
    strides.forEach((s, i) => outStrides[i][at] = s[axis]);
  });
  if (outShape.length > 8) {
    throw new RangeError(`Cannot walk ${show(shape)}: more than 8 axes with strides of their own`);
  }
  if (outShape.length === 0) {
    outShape.push(1);
    outStrides.forEach((s) => s.push(0));
  }
  return { shape: outShape, strides: outStrides };
}
