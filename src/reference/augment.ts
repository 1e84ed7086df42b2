import { type Array64, array64, indices, offset } from "./array64.ts";
import { rotate } from "./rotate.ts";

/** What is drawn for one image. */
export interface Draw {
  /** Left and right trade places. */
  flip: boolean;
  /** In radians, counter-clockwise as in {@linkcode rotate}. */
  angle: number;
  /** Column of the padded image at which the crop begins. */
  dx: number;
  /** Row of the padded image at which the crop begins. */
  dy: number;
}

/**
 * Each image flipped, then rotated, then padded with zeros on every side and cropped to its old size: x
 * `[batch, height, width, channels]`, a draw for each image, y as x.
 */
export function augment(x: Array64, draws: readonly Draw[], padding: number): Array64 {
  const flipped = flip(x, draws);
  const rotated = rotate(flipped, draws.map(({ angle }) => angle));
  return crop(pad(rotated, padding), draws, x.shape);
}

function flip(x: Array64, draws: readonly Draw[]): Array64 {
  const [, , width] = x.shape;
  return filled(x.shape, (n, i, j, c) => at(x, n, i, draws[n].flip ? width - 1 - j : j, c));
}

function pad(x: Array64, padding: number): Array64 {
  const [batch, height, width, channels] = x.shape;
  const shape = [batch, height + 2 * padding, width + 2 * padding, channels];
  return filled(shape, (n, i, j, c) => at(x, n, i - padding, j - padding, c));
}

function crop(x: Array64, draws: readonly Draw[], shape: readonly number[]): Array64 {
  return filled(shape, (n, i, j, c) => at(x, n, i + draws[n].dy, j + draws[n].dx, c));
}

/** An element, or 0 outside of the image. */
function at(x: Array64, n: number, i: number, j: number, c: number): number {
  const [, height, width] = x.shape;
  return i < 0 || i >= height || j < 0 || j >= width ? 0 : x.data[offset(x, n, i, j, c)];
}

function filled(
  shape: readonly number[],
  value: (n: number, i: number, j: number, c: number) => number,
): Array64 {
  return array64(shape, Array.from(indices(shape), ([n, i, j, c]) => value(n, i, j, c)));
}
