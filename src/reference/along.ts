import { type Array64, array64, axisOf, size, zeros } from "./array64.ts";

/** Applies `f` to each row of x (and of `others`, alike in shape) along an axis; results have its length. */
export function along(
  axis: number,
  f: (...rows: number[][]) => number[],
  x: Array64,
  ...others: Array64[]
): Array64 {
  const at = axisOf(x, axis);
  const length = x.shape[at], inner = size(x.shape.slice(at + 1));
  const y = zeros(x.shape);
  for (let row = 0; row < x.data.length / length; row++) {
    const start = Math.floor(row / inner) * length * inner + row % inner;
    const places = Array.from({ length }, (_, r) => start + r * inner);
    const values = f(...[x, ...others].map(({ data }) => places.map((place) => data[place])));
    places.forEach((place, r) => y.data[place] = values[r]);
  }
  return y;
}

/** `x` of shape `[.., 1, ..]` repeated along that axis. */
export function repeated(x: Array64, axis: number, length: number): Array64 {
  const at = axisOf(x, axis);
  const inner = size(x.shape.slice(at + 1));
  const shape = x.shape.with(at, length);
  return array64(
    shape,
    Array.from(
      { length: size(shape) },
      (_, i) => x.data[Math.floor(i / (inner * length)) * inner + i % inner],
    ),
  );
}
