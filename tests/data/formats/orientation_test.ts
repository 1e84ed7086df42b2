import { assertEquals } from "@std/assert";
import { orientationOf, upright } from "../../../data/formats/orientation.ts";
import { decodePicture } from "../../../data/formats/picture.ts";
import { exif, jpegWith, pngWith } from "../exif_bytes.ts";
import { plainJpeg, plainPng } from "../pictures.ts";

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
