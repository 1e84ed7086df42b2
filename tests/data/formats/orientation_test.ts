import { assertEquals } from "@std/assert";
import { orientationOf, upright } from "../../../data/formats/orientation.ts";
import { decodePicture } from "../../../data/formats/picture.ts";
import { chunk, idat, iend, ihdr, plainJpeg, plainPng, png } from "../pictures.ts";

/** Exif with the orientation behind another tag. */
function exif(orientation: number, little: boolean, type = 3): Uint8Array<ArrayBuffer> {
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
const pngWith = (notes: Uint8Array) =>
  png(ihdr(2, 1), chunk("eXIf", notes), idat(0, 255, 0, 0, 0, 255, 0), iend);

function jpegWith(notes: Uint8Array): Uint8Array<ArrayBuffer> {
  const body = [...new TextEncoder().encode("Exif\0\0"), ...notes],
    plain = plainJpeg(8, 16, [9, 9, 9]);
  const segment = [0xff, 0xe1, 0, body.length + 2, ...body];
  return Uint8Array.of(0xff, 0xd8, 0xff, 0xff, ...segment.slice(1), ...plain.subarray(2));
}

Deno.test("orientationOf() reads JPEG and PNG in both byte orders, and takes anything else for 1", () => {
  for (const little of [true, false]) {
    for (let orientation = 1; orientation <= 8; orientation++) {
      const notes = exif(orientation, little);
      assertEquals(orientationOf(pngWith(notes), "png"), orientation);
      assertEquals(orientationOf(jpegWith(notes), "jpeg"), orientation);
    }
  }
  for (
    const notes of [exif(0, true), exif(9, true), exif(6, true, 4), exif(6, true).subarray(0, 30)]
  ) {
    assertEquals([orientationOf(pngWith(notes), "png"), orientationOf(jpegWith(notes), "jpeg")], [
      1,
      1,
    ]);
  }
  assertEquals(orientationOf(plainPng(1, 1, [0, 0, 0]), "png"), 1);
  assertEquals(orientationOf(plainJpeg(8, 8, [0, 0, 0]), "jpeg"), 1);
});

Deno.test("upright() turns and mirrors as the standard's table says", () => {
  // Pixels 0 to 5 in two rows, by their red.
  const rgba = Uint8Array.from({ length: 24 }, (_, i) => i % 4 === 0 ? i / 4 : 255);
  const turned = (orientation: number) => {
    const { width, rgba: out } = upright({ width: 3, height: 2, rgba }, orientation);
    const values = [...out].filter((_, i) => i % 4 === 0);
    return Array.from(
      { length: 6 / width },
      (_, row) => values.slice(row * width, (row + 1) * width).join(""),
    );
  };
  assertEquals(Array.from({ length: 8 }, (_, i) => turned(i + 1)), [
    ["012", "345"],
    ["210", "543"],
    ["543", "210"],
    ["345", "012"],
    ["03", "14", "25"],
    ["30", "41", "52"],
    ["52", "41", "30"],
    ["25", "14", "03"],
  ]);
});

Deno.test("decodePicture() stands pictures upright", () => {
  const { width, height, rgba } = decodePicture(pngWith(exif(8, false)), "a.png");
  assertEquals([width, height, [...rgba.subarray(0, 3)]], [1, 2, [0, 255, 0]]);
  const photo = decodePicture(jpegWith(exif(6, true)), "a.jpg");
  assertEquals([photo.width, photo.height], [8, 16]);
});
