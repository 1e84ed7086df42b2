import { assertEquals } from "@std/assert";
import { resizePicture } from "../../../data/formats/resize.ts";

/** A grey picture of rows. */
function grey(...rows: number[][]) {
  const rgba = Uint8Array.from(rows.flat().flatMap((value) => [value, value, value, 255]));
  return { height: rows.length, width: rows[0].length, rgba };
}

/** Red of each pixel. */
const red = (pixels: Uint8Array) => [...pixels].filter((_, i) => i % 3 === 0);

Deno.test("resizePicture() copies a picture that has the size", () => {
  const rgba = Uint8Array.of(1, 2, 3, 255, 4, 5, 6, 255);
  assertEquals([...resizePicture({ height: 1, width: 2, rgba }, 1, 2)], [1, 2, 3, 4, 5, 6]);
});

Deno.test("resizePicture() averages areas when it shrinks, parts of pixels by their share", () => {
  assertEquals(red(resizePicture(grey([0, 10, 20, 30], [40, 50, 60, 70]), 1, 2)), [25, 45]);
  // 3 to 2: the middle pixel belongs to both halves.
  const three = grey([0, 90, 240], [0, 90, 240], [0, 90, 240]);
  assertEquals(red(resizePicture(three, 2, 2)), [30, 190, 30, 190]);
});

Deno.test("resizePicture() is bilinear when it enlarges", () => {
  const two = grey([0, 100], [0, 100]);
  assertEquals(red(resizePicture(two, 4, 4)).slice(0, 4), [0, 25, 75, 100]);
  assertEquals(red(resizePicture(grey([7]), 3, 2)), Array(6).fill(7));
});

Deno.test("resizePicture() cuts the middle out", () => {
  assertEquals(red(resizePicture(grey([1, 2, 3, 4, 5]), 1, 1)), [3]);
  assertEquals(red(resizePicture(grey([1], [2], [3], [4]), 1, 1)), [2]);
  const wide = grey([0, 1, 2, 3], [4, 5, 6, 7]);
  assertEquals(red(resizePicture(wide, 2, 2)), [1, 2, 5, 6]);
  assertEquals(red(resizePicture(grey([9, 9], [5, 5], [9, 9]), 1, 2)), [5, 5]);
});

Deno.test("resizePicture() puts what is transparent on white", () => {
  const rgba = Uint8Array.of(0, 0, 0, 0, 0, 100, 255, 51);
  assertEquals([...resizePicture({ height: 1, width: 2, rgba }, 1, 2)], [
    255,
    255,
    255,
    204,
    224,
    255,
  ]);
});

Deno.test("resizePicture() keeps white white at awkward sizes", () => {
  const white = grey(...Array.from({ length: 37 }, () => Array(53).fill(255)));
  for (const [height, width] of [[28, 28], [7, 31], [64, 64], [1, 1]]) {
    assertEquals(resizePicture(white, height, width).every((value) => value === 255), true);
  }
});
