import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { type ImageSet, subset } from "../../src/dataset/image_set.ts";

const set: ImageSet = {
  name: "dots",
  split: "test",
  count: 3,
  height: 1,
  width: 2,
  channels: 2,
  images: Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
  labels: Uint8Array.of(1, 0, 1),
  classNames: ["a", "b"],
};

Deno.test("subset() takes the first images and labels without copying", () => {
  const two = subset(set, 2);
  assertEquals(two, {
    ...set,
    count: 2,
    images: Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7),
    labels: Uint8Array.of(1, 0),
  });
  assertStrictEquals(two.images.buffer, set.images.buffer);
  assertEquals(subset(set, 3), set);
});

for (const n of [0, -1, 1.5, 4, NaN]) {
  Deno.test(`subset() refuses ${n} of 3 images`, () => {
    assertThrows(
      () => subset(set, n),
      RangeError,
      `Cannot take the first ${n} images of dots test: it holds 3, so ask for a whole number from 1 to 3`,
    );
  });
}
