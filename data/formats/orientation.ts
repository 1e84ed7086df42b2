/**
 * How a picture is to be turned before it is shown, as cameras note it (Exif 2.32, tag 274; PNG's chunk `eXIf`).
 *
 * @module
 */
import type { Picture } from "./pixels.ts";

const TAG = 0x0112, SHORT = 3;

/** The orientation of a PNG or JPEG file, 1 to 8; 1, as it is, where the file notes none, or damaged notes. */
export function orientationOf(bytes: Uint8Array, kind: "png" | "jpeg"): number {
  try {
    const exif = kind === "png" ? exifOfPng(bytes) : exifOfJpeg(bytes);
    return exif ? orientationIn(exif) : 1;
  } catch (error) {
    if (error instanceof RangeError) return 1; // it points beyond its end
    throw error;
  }
}

function viewOf(bytes: Uint8Array, from: number, length: number): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset + from, length);
}

function textAt(view: DataView, at: number, length: number): string {
  return String.fromCharCode(...Array.from({ length }, (_, i) => view.getUint8(at + i)));
}

/** The segment of a JPEG file that holds Exif, before the first scan. */
function exifOfJpeg(bytes: Uint8Array): DataView | undefined {
  const view = viewOf(bytes, 0, bytes.length);
  for (let at = 2; view.getUint8(at) === 0xff;) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xda) return undefined;
    if (marker === 0xff) {
      at++; // a fill byte
      continue;
    }
    const length = view.getUint16(at + 2);
    if (marker === 0xe1 && length > 8 && textAt(view, at + 4, 6) === "Exif\0\0") {
      return viewOf(bytes, at + 10, length - 8);
    }
    at += 2 + length;
  }
}

/** The chunk of a PNG file that holds Exif. */
function exifOfPng(bytes: Uint8Array): DataView | undefined {
  const view = viewOf(bytes, 0, bytes.length);
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    if (textAt(view, at + 4, 4) === "eXIf") return viewOf(bytes, at + 8, length);
    at += 12 + length;
  }
}

/** The tag among those of the first directory. */
function orientationIn(exif: DataView): number {
  const little = textAt(exif, 0, 2) === "II";
  const first = exif.getUint32(4, little), entries = exif.getUint16(first, little);
  for (let at = first + 2; at < first + 2 + 12 * entries; at += 12) {
    if (exif.getUint16(at, little) !== TAG || exif.getUint16(at + 2, little) !== SHORT) continue;
    const value = exif.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** For each orientation, where the pixel at column x and row y of the turned picture comes from; w and h are the last ones. */
const SOURCES: Readonly<
  Record<number, (x: number, y: number, w: number, h: number) => [x: number, y: number]>
> = {
  2: (x, y, w) => [w - x, y],
  3: (x, y, w, h) => [w - x, h - y],
  4: (x, y, _, h) => [x, h - y],
  5: (x, y) => [y, x],
  6: (x, y, _, h) => [y, h - x],
  7: (x, y, w, h) => [w - y, h - x],
  8: (x, y, w) => [w - y, x],
};

/** A picture turned and mirrored, so that it stands upright. */
export function upright(picture: Picture, orientation: number): Picture {
  const source = SOURCES[orientation];
  if (!source) return picture;
  const across = orientation >= 5;
  const width = across ? picture.height : picture.width;
  const height = across ? picture.width : picture.height;
  const rgba = new Uint8Array(4 * width * height);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 4) {
      const [column, row] = source(x, y, picture.width - 1, picture.height - 1);
      const from = 4 * (row * picture.width + column);
      for (let c = 0; c < 4; c++) rgba[to + c] = picture.rgba[from + c];
    }
  }
  return { width, height, rgba };
}
