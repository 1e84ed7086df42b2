/**
 * A frame of pixels, and how one pixel, a rectangle and a disc are painted on it.
 *
 * Coordinates are in pixels from the top left corner; the pixel in column `i` and row `j` covers
 * `[i, i + 1) x [j, j + 1)`, so its center is `(i + 0.5, j + 0.5)`.
 *
 * @module
 */

/** A colour: red, green and blue, each 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** A place in a frame, in pixels. */
export type Point = readonly [x: number, y: number];

/** An opaque picture. */
export interface Frame {
  /** Columns. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** Red, green, blue and alpha of every pixel, row by row: `width * height * 4` bytes. */
  readonly rgba: Uint8Array<ArrayBuffer>;
}

/**
 * Refuses what no file can hold as a picture.
 *
 * @param act What is done with it, for the message.
 * @param most Pixels that a side of the file has at most.
 * @throws {RangeError} When a side is no whole number from 1 to `most`.
 * @throws {TypeError} When there are not four bytes for each pixel.
 */
export function checkFrame(act: string, { width, height, rgba }: Frame, most: number): void {
  const what = `Cannot ${act} of ${width} x ${height} pixels`;
  for (const side of [width, height]) {
    if (Number.isInteger(side) && side >= 1 && side <= most) continue;
    throw new RangeError(`${what}: sides are whole numbers from 1 to ${most}`);
  }
  const { length = 0 } = rgba ?? {};
  if (length === 4 * width * height) return;
  throw new TypeError(`${what}: rgba has ${length} bytes; it must have four a pixel`);
}

/** White, the background of every figure. */
export const white: Rgb = [255, 255, 255];

/** A frame of `width` x `height` pixels in one colour. Throws a `RangeError` for an empty size. */
export function newFrame(width: number, height: number, color: Rgb = white): Frame {
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0)) {
    throw new RangeError(
      `Cannot make a frame of ${width} x ${height} pixels: both must be positive integers`,
    );
  }
  const pixels = new Uint32Array(width * height);
  pixels.fill(new Uint32Array(Uint8Array.of(...color, 255).buffer)[0]);
  return { width, height, rgba: new Uint8Array(pixels.buffer) };
}

/** Lays `color` over one pixel with an opacity from 0 to 1; outside the frame it does nothing. */
export function blendPixel(frame: Frame, x: number, y: number, color: Rgb, opacity: number): void {
  if (x < 0 || y < 0 || x >= frame.width || y >= frame.height) return;
  const { rgba } = frame;
  const at = (y * frame.width + x) * 4;
  for (let c = 0; c < 3; c++) {
    rgba[at + c] = Math.round(rgba[at + c] + (color[c] - rgba[at + c]) * opacity);
  }
}

/** A rectangle of whole pixels. */
export interface Rectangle {
  /** First column. */
  readonly left: number;
  /** First row. */
  readonly top: number;
  /** Columns. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
}

/** Lays `color` over a rectangle. */
export function fillRectangle(
  frame: Frame,
  { left, top, width, height }: Rectangle,
  color: Rgb,
  opacity = 1,
): void {
  for (let y = top; y < top + height; y++) {
    for (let x = left; x < left + width; x++) blendPixel(frame, x, y, color, opacity);
  }
}

/** Paints an anti-aliased disc around `(x, y)`: a pixel is covered by `radius + 0.5 - distance`. */
export function fillDisc(
  frame: Frame,
  x: number,
  y: number,
  radius: number,
  color: Rgb,
  opacity = 1,
): void {
  const reach = radius + 0.5;
  for (let row = Math.floor(y - reach); row <= y + reach; row++) {
    for (let column = Math.floor(x - reach); column <= x + reach; column++) {
      const coverage = reach - Math.hypot(column + 0.5 - x, row + 0.5 - y);
      if (coverage > 0) blendPixel(frame, column, row, color, Math.min(1, coverage) * opacity);
    }
  }
}
