import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { createHash } from "node:crypto";
import { drawDigits } from "../../../data/drawn/digits.ts";

Deno.test("drawDigits() draws the same bytes on every machine", () => {
  const { images, labels } = drawDigits({ count: 100, seed: 1, split: "train" });
  const sum = createHash("md5").update(images).update(labels).digest("hex");
  assertEquals(
    sum,
    "61e29ea06bd48948a1b2a118c729033a",
    "a change here changes every result on this data set",
  );
});

Deno.test("drawDigits() draws image i whatever the count", () => {
  const few = drawDigits({ count: 13, seed: 5, split: "test" });
  const more = drawDigits({ count: 31, seed: 5, split: "test" });
  assertEquals(few.images, more.images.subarray(0, few.images.length));
  assertEquals(few.labels, more.labels.subarray(0, 13));
});

Deno.test("drawDigits() draws other images for another seed or split", () => {
  const base = drawDigits({ count: 20, seed: 5, split: "train" });
  for (const other of [{ seed: 6, split: "train" }, { seed: 5, split: "test" }] as const) {
    const { images, labels } = drawDigits({ count: 20, ...other });
    assertNotEquals(images, base.images);
    assertNotEquals(labels, base.labels);
  }
});

Deno.test("drawDigits() holds each digit once in every ten images", () => {
  const { labels } = drawDigits({ count: 200, seed: 0, split: "train" });
  for (let i = 0; i < 200; i += 10) {
    assertEquals([...labels.subarray(i, i + 10)].sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  }
  assertNotEquals(labels.subarray(0, 10), labels.subarray(10, 20));
});

Deno.test("drawDigits() looks like MNIST: the same ink, black border, white strokes", () => {
  const { count, images } = drawDigits({ count: 500, seed: 2, split: "train" });
  const mean = images.reduce((sum, value) => sum + value, 0) / images.length;
  assert(Math.abs(mean - 33.3) < 4, `mean ${mean}, MNIST's is 33.3`);
  let border = 0;
  for (let i = 0; i < count; i++) {
    const image = images.subarray(i * 784, (i + 1) * 784);
    assert(image.some((value) => value > 120), `image ${i} is too faint`);
    border += image.reduce((sum, value, p) => isBorder(p) ? sum + value : sum, 0);
  }
  assert(border / images.length < 0.15, `the border's ink is ${border / images.length}`);
});

Deno.test("drawDigits() is separable: most digits lie nearest to one of their own class", () => {
  const train = drawDigits({ count: 1000, seed: 3, split: "train" });
  const test = drawDigits({ count: 100, seed: 3, split: "test" });
  let hits = 0;
  for (let i = 0; i < test.count; i++) {
    const image = test.images.subarray(i * 784, (i + 1) * 784);
    let nearest = Infinity, label = -1;
    for (let j = 0; j < train.count; j++) {
      const distance = squaredDistance(image, train.images, j * 784, nearest);
      if (distance < nearest) [nearest, label] = [distance, train.labels[j]];
    }
    if (label === test.labels[i]) hits++;
  }
  assert(hits >= 75 && hits <= 97, `${hits} of 100`);
});

Deno.test("drawDigits() refuses counts and seeds that are none", () => {
  for (const count of [0, -5, 2.5, NaN]) {
    assertThrows(
      () => drawDigits({ count, seed: 0, split: "train" }),
      RangeError,
      `draw ${count} digits`,
    );
  }
  for (const seed of [-1, 0.5, 2 ** 32, NaN]) {
    assertThrows(
      () => drawDigits({ count: 1, seed, split: "train" }),
      RangeError,
      `from seed ${seed}`,
    );
  }
});

/** Whether pixel p of a 28x28 image is among the outermost. */
function isBorder(p: number): boolean {
  const row = Math.floor(p / 28), column = p % 28;
  return row === 0 || row === 27 || column === 0 || column === 27;
}

/** Between an image and the one at `at` in `images`; stops counting beyond `limit`. */
function squaredDistance(image: Uint8Array, images: Uint8Array, at: number, limit: number): number {
  let sum = 0;
  for (let p = 0; p < image.length && sum < limit; p++) {
    const difference = image[p] - images[at + p];
    sum += difference * difference;
  }
  return sum;
}

Deno.test("drawDigits() refuses a split that it does not have", () => {
  assertThrows(
    () => drawDigits({ count: 1, seed: 0, split: "foo" as "test" }),
    RangeError,
    'Cannot draw digits: split is "foo"; it must be one of train, test',
  );
});
