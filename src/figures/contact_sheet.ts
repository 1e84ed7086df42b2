import { type Frame, newFrame } from "./paint/canvas.ts";
import { quiet } from "./frame/plot_area.ts";
import { drawText, fitText, textSize } from "./paint/text.ts";

/** The shape of the images and of the sheet. */
export interface ContactSheetOptions {
  /** Number of images. */
  count: number;
  /** Rows of an image. */
  height: number;
  /** Columns of an image. */
  width: number;
  /** 1 for grey, 3 for red, green and blue. */
  channels: 1 | 3;
  /** Images in a row of the sheet. */
  columns: number;
  /** Each pixel becomes a square of this many; default 2. */
  scale?: number;
  /** Captions below the images, `[count]`. */
  labels?: readonly string[];
}

/** Pixels between images and around the sheet. */
const gap = 6;

/**
 * Lays images out in a grid, to see what a data set or an augmentation looks like. Pixels are
 * enlarged without smoothing.
 *
 * Throws a `TypeError` unless `images` holds `[count, height, width, channels]` bytes and every
 * image has a label where labels are given; a `RangeError` for sizes that are not positive integers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const sheet = contactSheet(new Uint8Array(4 * 28 * 28), {
 *   count: 4, height: 28, width: 28, channels: 1, columns: 2, scale: 1,
 * });
 * assertEquals([sheet.width, sheet.height], [74, 74]);
 * ```
 */
export function contactSheet(images: Uint8Array, options: ContactSheetOptions): Frame {
  const { count, height, width, channels, columns, scale = 2, labels } = options;
  check(images, { ...options, scale });
  const caption = labels ? 17 : 0;
  const across = width * scale + gap;
  const down = height * scale + caption + gap;
  const used = Math.min(columns, count);
  const frame = newFrame(gap + used * across, gap + Math.ceil(count / columns) * down);
  for (let image = 0; image < count; image++) {
    const left = gap + (image % columns) * across;
    const top = gap + Math.floor(image / columns) * down;
    const pixels = images.subarray(
      image * height * width * channels,
      (image + 1) * height * width * channels,
    );
    drawImage(frame, pixels, options, left, top, scale);
    if (labels) {
      const text = fitText(labels[image], across, textSize.small);
      drawText(frame, text, left + width * scale / 2, top + height * scale + 13, {
        size: textSize.small,
        color: quiet,
        align: "center",
      });
    }
  }
  return frame;
}

function drawImage(
  { rgba, width: stride }: Frame,
  pixels: Uint8Array,
  { height, width, channels }: ContactSheetOptions,
  left: number,
  top: number,
  scale: number,
): void {
  for (let y = 0; y < height * scale; y++) {
    for (let x = 0; x < width * scale; x++) {
      const from = (Math.floor(y / scale) * width + Math.floor(x / scale)) * channels;
      const to = ((top + y) * stride + left + x) * 4;
      for (let c = 0; c < 3; c++) rgba[to + c] = pixels[from + (channels === 3 ? c : 0)];
    }
  }
}

function check(images: Uint8Array, options: ContactSheetOptions): void {
  const { count, height, width, channels, columns, scale, labels } = options;
  for (const [name, value] of Object.entries({ count, height, width, columns, scale })) {
    if (!(Number.isInteger(value) && value! > 0)) {
      throw new RangeError(
        `Cannot lay out images with ${name} ${value}: it must be an integer from 1`,
      );
    }
  }
  if (channels !== 1 && channels !== 3) {
    throw new RangeError(`Cannot show images of ${channels} channels: it must be 1 or 3`);
  }
  if (images.length !== count * height * width * channels) {
    throw new TypeError(
      `Cannot read ${images.length} bytes as [${count}, ${height}, ${width}, ${channels}] images`,
    );
  }
  if (labels && labels.length !== count) {
    throw new TypeError(`Cannot caption ${count} images with ${labels.length} labels`);
  }
}
