import { type Frame, newFrame } from "./paint/canvas.ts";
import { countImages, type Images } from "./paint/thumbnail.ts";

/** Pixels a side that TensorBoard's projector takes at most. */
const largest = 8192;

/**
 * Lays images side by side, row by row, in a square of as many cells across as down: the sprite that
 * TensorBoard's projector cuts its thumbnails from. Grey images stay as they are, white on black,
 * because the projector tints them by multiplying. Cells left over are black.
 *
 * Throws a `TypeError` unless `images` holds whole images, and a `RangeError` where there is none,
 * the channels are not 1 or 3, or the square would exceed 8192 pixels.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { sprite } from "../../figures.ts";
 *
 * const five = { images: new Uint8Array(5 * 28 * 28), height: 28, width: 28, channels: 1 };
 * const frame = sprite(five);
 * assertEquals([frame.width, frame.height], [3 * 28, 3 * 28]);
 * ```
 */
export function sprite(source: Images): Frame {
  const { images, height, width, channels } = source;
  const count = countImages(source);
  const cells = Math.ceil(Math.sqrt(count));
  if (count === 0 || cells * Math.max(height, width) > largest) {
    throw new RangeError(
      `Cannot make a sprite of ${count} images of ${width} x ${height} pixels: ` +
        `at least one must be there, and a side holds ${largest} pixels`,
    );
  }
  const frame = newFrame(cells * width, cells * height, [0, 0, 0]);
  for (let i = 0; i < count; i++) {
    const [left, top] = [i % cells * width, Math.floor(i / cells) * height];
    for (let y = 0, from = i * height * width * channels; y < height; y++) {
      let to = ((top + y) * frame.width + left) * 4;
      for (let x = 0; x < width; x++, from += channels, to += 4) {
        for (let c = 0; c < 3; c++) frame.rgba[to + c] = images[from + (channels === 3 ? c : 0)];
      }
    }
  }
  return frame;
}
