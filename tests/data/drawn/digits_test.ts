import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { createHash } from "node:crypto";
import { type DigitsOptions, drawDigits } from "../../../data/drawn/digits.ts";

const colored = { count: 20, seed: 3, split: "train", height: 32, width: 32, channels: 3 } as const;

for (
  const [options, published] of [
    [{ count: 100, seed: 1, split: "train" }, "61e29ea06bd48948a1b2a118c729033a"],
    [colored, "03e637dd51bdf1885e0832e417678bfb"],
  ] as const
) {
  Deno.test(`drawDigits() draws the same ${options.count} digits on every machine`, () => {
    const { images, labels } = drawDigits(options);
    const sum = createHash("md5").update(images).update(labels).digest("hex");
    assertEquals(sum, published, "a change here changes every result on this data set");
  });
}

for (const shape of [{}, { height: 32, width: 32, channels: 3 }]) {
  Deno.test(`drawDigits() draws image i whatever the count, as ${JSON.stringify(shape)}`, () => {
    const few = drawDigits({ count: 13, seed: 5, split: "test", ...shape });
    const more = drawDigits({ count: 31, seed: 5, split: "test", ...shape });
    assertEquals(few.images, more.images.subarray(0, few.images.length));
    assertEquals(few.labels, more.labels.subarray(0, 13));
    assertEquals(few.labels, drawDigits({ count: 13, seed: 5, split: "test" }).labels);
  });
}

Deno.test("drawDigits() takes undefined for what it has a default of", () => {
  const given = { count: 10, seed: 5, split: "test" } as const;
  const { images } = drawDigits({
    ...given,
    height: undefined,
    width: undefined,
    channels: undefined,
  });
  assertEquals(images, drawDigits(given).images);
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

Deno.test("drawDigits() draws one color on another, a bright one on a dark one", () => {
  const { images, count, height, width, channels, name } = drawDigits(colored);
  assertEquals([name, height, width, channels], ["digits", 32, 32, 3]);
  const papers = new Set<string>();
  for (let i = 0; i < count; i++) {
    const image = images.subarray(i * 3072, (i + 1) * 3072);
    const paper = [...image.subarray(0, 3)]; // the corner
    papers.add(`${paper}`);
    assert(paper.every((value) => value <= 102), `paper ${paper}`);
    for (let c = 0; c < 3; c++) {
      const brightest = image.filter((_, at) => at % 3 === c).reduce((a, b) => Math.max(a, b), 0);
      assert(brightest > 110 && brightest > paper[c] + 20, `channel ${c} of image ${i}`);
    }
  }
  assertEquals(papers.size, count);
  assertNotEquals(images, drawDigits({ ...colored, split: "test" }).images);
});

Deno.test("drawDigits() grows with the image, and stays in the middle of one that is not square", () => {
  const ink = (set: ReturnType<typeof drawDigits>) => set.images.reduce((sum, v) => sum + v, 0);
  const base = { count: 20, seed: 3, split: "train" } as const;
  const small = drawDigits(base), large = drawDigits({ ...base, height: 56, width: 56 });
  const growth = ink(large) / ink(small);
  assert(Math.abs(growth - 4) < 0.4, `ink grows by ${growth}, the area by 4`);
  const wide = drawDigits({ ...base, width: 40 });
  for (let at = 0; at < wide.images.length; at++) {
    const column = at % 40 - 6, row = Math.floor(at / 40);
    const expected = column >= 0 && column < 28 ? small.images[row * 28 + column] : 0;
    assertEquals(wide.images[at], expected);
  }
});

const refusals: [wrong: Partial<DigitsOptions>, message: string][] = [
  ...[0, -5, 2.5, NaN].flatMap((value) =>
    (["count", "height", "width"] as const).map((name): typeof refusals[0] => [
      { [name]: value },
      `of ${name} ${value}: it must be a whole number from 1`,
    ])
  ),
  ...[-1, 0.5, 2 ** 32, NaN].map((seed): typeof refusals[0] => [{ seed }, `from seed ${seed}: it`]),
  ...[0, 2, 4, NaN].map((channels): typeof refusals[0] => [
    { channels },
    `in ${channels} channels: it must be 1 or 3`,
  ]),
  [{ split: "foo" as "test" }, ': split is "foo"; it must be one of train, test'],
];
Deno.test("drawDigits() refuses what it cannot draw", () => {
  for (const [wrong, message] of refusals) {
    assertThrows(() => drawDigits({ ...colored, ...wrong }), RangeError, message);
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
