/**
 * Pictures of any size made one size.
 *
 * @module
 */
import type { Picture } from "./pixels.ts";

/** What an output pixel is made of along one axis: input pixels from `from` on, and weights that add up to 1. */
interface Span {
  from: number;
  weights: Float32Array;
}

/**
 * A picture in a given size, as red, green and blue.
 *
 * What is transparent lies on white, as a page would show it: dark drawings on nothing stay visible. The largest
 * middle part of the wanted aspect ratio is cut out, to whole pixels, so that nothing is squeezed and no border
 * invented. Along each axis, shrinking averages the area that a pixel covers, and enlarging is bilinear, both with
 * pixels as squares whose middles are at half numbers. A picture that has the size is copied.
 *
 * @returns Shape [height, width, 3].
 */
export function resizePicture(
  picture: Picture,
  height: number,
  width: number,
): Uint8Array<ArrayBuffer> {
  const { rgba } = picture;
  const { left, top, cropWidth, cropHeight } = middle(picture, height, width);
  const across = spans(cropWidth, width), down = spans(cropHeight, height);
  // Columns first: a row of the source at a time is read, and only what is left of it is kept.
  const narrow = new Float32Array(cropHeight * width * 3);
  const line = new Float32Array(cropWidth * 3);
  for (let row = 0, to = 0; row < cropHeight; row++) {
    onWhite(rgba, 4 * ((top + row) * picture.width + left), line);
    for (const { from, weights } of across) {
      for (let c = 0; c < 3; c++, to++) {
        let sum = 0;
        for (let i = 0, at = 3 * from + c; i < weights.length; i++, at += 3) {
          sum += weights[i] * line[at];
        }
        narrow[to] = sum;
      }
    }
  }
  const pixels = new Uint8Array(height * width * 3);
  const stride = width * 3;
  for (let row = 0; row < height; row++) {
    const { from, weights } = down[row];
    for (let column = 0; column < stride; column++) {
      let sum = 0;
      for (let i = 0, at = from * stride + column; i < weights.length; i++, at += stride) {
        sum += weights[i] * narrow[at];
      }
      pixels[row * stride + column] = Math.round(sum);
    }
  }
  return pixels;
}

/**
 * The brightness of pixels, `0.299 r + 0.587 g + 0.114 b` (ITU-R BT.601), a third of the bytes. The weights add up to 1
 * exactly, so that grey stays what it is.
 *
 * @param rgb Shape [..., 3].
 */
export function brightness(rgb: Uint8Array): Uint8Array<ArrayBuffer> {
  const grey = new Uint8Array(rgb.length / 3);
  for (let i = 0, at = 0; i < grey.length; i++, at += 3) {
    grey[i] = (299 * rgb[at] + 587 * rgb[at + 1] + 114 * rgb[at + 2] + 500) / 1000;
  }
  return grey;
}

/** The largest middle part of the aspect ratio of height and width. */
function middle(picture: Picture, height: number, width: number) {
  const scale = Math.max(width / picture.width, height / picture.height);
  const cropWidth = Math.min(picture.width, Math.max(1, Math.round(width / scale)));
  const cropHeight = Math.min(picture.height, Math.max(1, Math.round(height / scale)));
  const left = Math.floor((picture.width - cropWidth) / 2);
  const top = Math.floor((picture.height - cropHeight) / 2);
  return { left, top, cropWidth, cropHeight };
}

/** The input pixels and weights of each output pixel, for `from` input and `to` output pixels. */
function spans(from: number, to: number): Span[] {
  const ratio = from / to;
  return Array.from(
    { length: to },
    (_, i) => ratio > 1 ? averaged(i, ratio, from) : mixed(i, ratio, from),
  );
}

/** Shrinking: the pixels between i and i + 1 times the ratio, the first and the last in part. */
function averaged(i: number, ratio: number, size: number): Span {
  const start = i * ratio, end = Math.min(size, (i + 1) * ratio);
  const from = Math.floor(start), to = Math.min(size, Math.ceil(end));
  const weights = Float32Array.from(
    { length: to - from },
    (_, j) => (Math.min(end, from + j + 1) - Math.max(start, from + j)) / (end - start),
  );
  return { from, weights };
}

/** Enlarging: the two pixels whose middles are nearest, or the last one at the edge. */
function mixed(i: number, ratio: number, size: number): Span {
  const at = Math.min(size - 1, Math.max(0, (i + 0.5) * ratio - 0.5));
  const from = Math.floor(at), share = at - from;
  return { from, weights: share === 0 ? Float32Array.of(1) : Float32Array.of(1 - share, share) };
}

/** A row of pixels on white. */
function onWhite(rgba: Uint8Array, from: number, line: Float32Array): void {
  for (let to = 0, at = from; to < line.length; to += 3, at += 4) {
    const alpha = rgba[at + 3] / 255;
    for (let c = 0; c < 3; c++) line[to + c] = alpha * rgba[at + c] + 255 * (1 - alpha);
  }
}
