/** Small pictures of samples, many in one image. */
import { encode as encodePng } from "npm:fast-png@8.0.0";
import { encode as encodeJpeg } from "npm:jpeg-js@0.4.4";
import { resizePicture } from "../../../data/formats/resize.ts";
import type { ImageSet } from "../../../src/dataset/image_set.ts";
import { imageAddress } from "../base64.ts";

/** Samples side by side, row by row. */
export interface Sheet {
  /** The image, as a page holds it. */
  address: string;
  columns: number;
  /** Pixels of one. */
  width: number;
  height: number;
}

/** The longer side of a thumbnail, in pixels. */
const LONGEST = 32;
/** Of 100: dots of colour noise are not to be seen at three times the size. */
const QUALITY = 72;

/** The samples of a set in one image: grey ones as PNG, which is exact, colored ones as JPEG, which is small. */
export function sheetOf(set: ImageSet, indices: ArrayLike<number>): Sheet {
  const scale = Math.min(1, LONGEST / Math.max(set.width, set.height));
  const width = Math.max(1, Math.round(set.width * scale));
  const height = Math.max(1, Math.round(set.height * scale));
  const columns = Math.max(1, Math.ceil(Math.sqrt(indices.length)));
  const rows = Math.max(1, Math.ceil(indices.length / columns));
  const channels = set.channels === 1 ? 1 : 4, stride = columns * width;
  const data = new Uint8Array(stride * rows * height * channels);
  for (let i = 0; i < indices.length; i++) {
    const pixels = pixelsOf(set, indices[i], width, height);
    const [left, top] = [i % columns * width, Math.floor(i / columns) * height];
    for (let y = 0, from = 0; y < height; y++) {
      let to = ((top + y) * stride + left) * channels;
      for (let x = 0; x < width; x++, to += channels, from += set.channels) {
        for (let c = 0; c < channels; c++) data[to + c] = c === 3 ? 255 : pixels[from + c];
      }
    }
  }
  const size = { width: stride, height: rows * height, data };
  const address = channels === 1
    ? imageAddress(encodePng({ ...size, channels: 1 }), "png")
    : imageAddress(encodeJpeg(size, QUALITY).data, "jpeg");
  return { address, columns, width, height };
}

/** One image, made small where it is large. */
function pixelsOf(set: ImageSet, index: number, width: number, height: number): Uint8Array {
  const bytes = set.height * set.width * set.channels;
  const own = set.images.subarray(index * bytes, (index + 1) * bytes);
  if (width === set.width && height === set.height) return own;
  const rgba = new Uint8Array(4 * set.height * set.width).fill(255);
  for (let i = 0; i < set.height * set.width; i++) {
    for (let c = 0; c < 3; c++) {
      rgba[4 * i + c] = own[i * set.channels + (set.channels === 3 ? c : 0)];
    }
  }
  const small = resizePicture({ width: set.width, height: set.height, rgba }, height, width);
  if (set.channels === 3) return small;
  return small.filter((_, i) => i % 3 === 0);
}
