import { assertEquals, assertThrows } from "@std/assert";
import { sprite } from "../../src/figures/sprite.ts";

const pixel = (frame: { width: number; rgba: Uint8Array }, x: number, y: number) => [
  ...frame.rgba.subarray((y * frame.width + x) * 4, (y * frame.width + x) * 4 + 4),
];

Deno.test("sprite() fills a square row by row, and leaves spare cells black", () => {
  const images = Uint8Array.from({ length: 3 * 6 }, (_, i) => i + 1);
  const frame = sprite({ images, height: 2, width: 3, channels: 1 });
  assertEquals([frame.width, frame.height], [6, 4]);
  assertEquals(pixel(frame, 0, 0), [1, 1, 1, 255]);
  assertEquals(pixel(frame, 5, 1), [12, 12, 12, 255]);
  assertEquals(pixel(frame, 1, 2), [14, 14, 14, 255]);
  assertEquals(pixel(frame, 4, 3), [0, 0, 0, 255]);
});

Deno.test("sprite() keeps colours, and one image is a square of one", () => {
  const images = Uint8Array.of(1, 2, 3, 4, 5, 6);
  const frame = sprite({ images, height: 1, width: 2, channels: 3 });
  assertEquals([...frame.rgba], [1, 2, 3, 255, 4, 5, 6, 255]);
});

Deno.test("sprite() refuses no image, half ones, and more than the projector takes", () => {
  const of = (length: number, side = 1, channels = 1) => () =>
    sprite({ images: new Uint8Array(length), height: side, width: side, channels });
  assertThrows(of(0), RangeError, "a sprite of 0 images");
  assertThrows(of(5, 2), TypeError, "Cannot read 5 bytes as images of [2, 2, 1]");
  assertThrows(of(2, 1, 2), RangeError, "it must be 1 or 3");
  assertThrows(of(2 * 4097 ** 2, 4097), RangeError, "a side holds 8192 pixels");
});
