import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { contactSheet } from "../../src/figures/contact_sheet.ts";

const shape = { height: 2, width: 3, columns: 2, scale: 2 };

Deno.test("contactSheet() puts enlarged pixels in rows and columns", () => {
  const images = Uint8Array.from({ length: 3 * 6 * 3 }, (_, i) => i);
  const sheet = contactSheet(images, { ...shape, count: 3, channels: 3 });
  assertEquals([sheet.width, sheet.height], [6 + 2 * 12, 6 + 2 * 10]);
  const at = (
    x: number,
    y: number,
  ) => [...sheet.rgba.subarray((y * sheet.width + x) * 4).slice(0, 3)];
  assertEquals(at(6, 6), [0, 1, 2]);
  assertEquals(at(7, 7), [0, 1, 2]);
  assertEquals(at(8, 6), [3, 4, 5]);
  assertEquals(at(18, 6), [18, 19, 20], "second image");
  assertEquals(at(6, 16), [36, 37, 38], "second row");
  assertEquals(at(18, 16), [255, 255, 255], "no fourth image");
});

Deno.test("contactSheet() shows one channel as grey, with captions below", () => {
  const images = new Uint8Array(12).fill(80);
  const plain = contactSheet(images, { ...shape, count: 2, channels: 1 });
  assertEquals([...plain.rgba.subarray((6 * plain.width + 6) * 4).slice(0, 4)], [80, 80, 80, 255]);
  const labels = ["7", "2"];
  const captioned = contactSheet(images, { ...shape, count: 2, channels: 1, labels });
  assertNotEquals(captioned.height, plain.height);
});

Deno.test("contactSheet() refuses shapes that do not fit", () => {
  const images = new Uint8Array(12);
  assertThrows(
    () => contactSheet(images, { ...shape, count: 3, channels: 1 }),
    TypeError,
    "Cannot read 12 bytes as [3, 2, 3, 1] images",
  );
  assertThrows(
    () => contactSheet(images, { ...shape, count: 2, channels: 1, labels: ["one"] }),
    TypeError,
  );
  assertThrows(
    () => contactSheet(images, { ...shape, count: 2, channels: 1, columns: 0 }),
    RangeError,
  );
});
