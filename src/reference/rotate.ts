import { type Array64, indices, offset, zeros } from "./array64.ts";

/**
 * Each image turned about its centre, bilinear, zeros outside: x `[batch, height, width, channels]`,
 * angles `[batch]` in radians, y as x. Positive turns the picture counter-clockwise as it is seen
 * (rows downward), as in torchvision. With (row, column) vectors and centre c = ((h-1)/2, (w-1)/2):
 *
 *     source = R(-angle) (destination - c) + c,     R(t) = [[cos t, -sin t], [sin t, cos t]]
 *     y[destination] = bilinear(x, source)
 */
export function rotate(x: Array64, angles: ArrayLike<number>): Array64 {
  const [, height, width] = x.shape;
  const [centerRow, centerColumn] = [(height - 1) / 2, (width - 1) / 2];
  const y = zeros(x.shape);
  for (const [n, i, j, c] of indices(x.shape)) {
    const [cos, sin] = [Math.cos(angles[n]), Math.sin(angles[n])];
    const row = cos * (i - centerRow) + sin * (j - centerColumn) + centerRow;
    const column = -sin * (i - centerRow) + cos * (j - centerColumn) + centerColumn;
    y.data[offset(y, n, i, j, c)] = bilinear(x, n, row, column, c);
  }
  return y;
}

/** The four pixels around (row, column), weighted by nearness along each axis; those outside count as 0. */
function bilinear(x: Array64, n: number, row: number, column: number, c: number): number {
  const [, height, width] = x.shape;
  const [top, left] = [Math.floor(row), Math.floor(column)];
  let value = 0;
  for (const i of [top, top + 1]) {
    for (const j of [left, left + 1]) {
      if (i < 0 || i >= height || j < 0 || j >= width) continue;
      const weight = (1 - Math.abs(row - i)) * (1 - Math.abs(column - j));
      value += weight * x.data[offset(x, n, i, j, c)];
    }
  }
  return value;
}
