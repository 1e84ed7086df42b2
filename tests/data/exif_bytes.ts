/** Pictures that note how they are to be turned, for tests. */
import { chunk, idat, iend, ihdr, plainJpeg, png } from "./pictures.ts";

/** Exif with the orientation behind another tag. */
export function exif(orientation: number, little: boolean, type = 3): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(38));
  const put16 = (at: number, value: number) => view.setUint16(at, value, little);
  put16(0, little ? 0x4949 : 0x4d4d);
  put16(2, 42);
  view.setUint32(4, 8, little);
  [[8, 2], [10, 0x0100], [12, 3], [22, 0x0112], [24, type], [30, orientation]].forEach((
    [at, value],
  ) => put16(at, value));
  return new Uint8Array(view.buffer);
}

/** A PNG of one row, red then green, that notes an orientation. */
export const pngWith = (notes: Uint8Array) =>
  png(ihdr(2, 1), chunk("eXIf", notes), idat(0, 255, 0, 0, 0, 255, 0), iend);

/** A JPEG of one color that notes it, behind a fill byte. */
export function jpegWith(notes: Uint8Array): Uint8Array<ArrayBuffer> {
  const body = [...new TextEncoder().encode("Exif\0\0"), ...notes];
  const plain = plainJpeg(8, 16, [9, 9, 9]);
  const segment = [0xff, 0xe1, 0, body.length + 2, ...body];
  return Uint8Array.of(0xff, 0xd8, 0xff, 0xff, ...segment.slice(1), ...plain.subarray(2));
}
