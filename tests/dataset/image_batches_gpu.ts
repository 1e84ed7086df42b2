/** Batches gathered on the GPU, against the bytes they come from. */
import {
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertThrows,
} from "@std/assert";
import type { ImageSet } from "../../src/dataset/image_set.ts";
import { ImageBatches } from "../../src/dataset/image_batches.ts";
import { recorded } from "../../src/tensor/recorded.ts";
import { scope } from "../../src/tensor/scope.ts";
import { noise } from "../image_set.ts";
import { assertBatches, assertPixels, epochOf, type Pictures, PLAIN } from "./pictures.ts";

/** What an epoch without augmentation must give. */
function expected(set: ImageSet, order: ArrayLike<number>, sizes: readonly number[]): Pictures[] {
  const size = set.height * set.width * set.channels;
  let at = 0;
  return sizes.map((rows) => {
    const samples = Array.from({ length: rows }, () => order[at++]);
    return {
      shape: [rows, set.height, set.width, set.channels],
      pixels: samples.flatMap((s) =>
        [...set.images.subarray(s * size, (s + 1) * size)].map((byte) => Math.fround(byte / 255))
      ),
      labels: samples.map((s) => set.labels[s]),
    };
  });
}

// Images of 45 bytes and of one byte: almost none begins at a multiple of 4.
for (const [height, width, channels] of [[5, 3, 3], [1, 1, 1], [7, 5, 1]]) {
  Deno.test(`ImageBatches gathers ${height}x${width}x${channels} images, the last batch smaller`, async () => {
    const set = noise({ count: 7, height, width, channels });
    const batches = new ImageBatches(set, PLAIN);
    assertEquals(batches.sizes, [3, 3, 1]);
    assertBatches(
      await epochOf(batches, 1),
      expected(set, [0, 1, 2, 3, 4, 5, 6], [3, 3, 1]),
    );
  });
}

Deno.test("ImageBatches gathers in the order of the epoch, and drops the last batch when told", async () => {
  const set = noise({ count: 11, height: 3, width: 3, channels: 3 });
  const batches = new ImageBatches(set, { ...PLAIN, batchSize: 4, shuffle: true, dropLast: true });
  assertEquals(batches.sizes, [4, 4]);
  for (const epoch of [1, 2]) {
    const found = await epochOf(batches, epoch);
    assertBatches(found, expected(set, batches.order, [4, 4]));
  }
});

Deno.test("ImageBatches refuses an order of somebody else's, which no batch would follow", () => {
  const batches = new ImageBatches(noise({ count: 2, height: 1, width: 1 }), PLAIN);
  const order = Uint32Array.of(1, 0);
  assertThrows(() => Object.assign(batches, { order }), TypeError, "order");
  batches.dispose();
});

Deno.test("ImageBatches reads a set that is a view into a larger one", async () => {
  const { images, labels, ...rest } = noise({ count: 5, height: 3, width: 1 });
  const set = { ...rest, count: 2, images: images.subarray(3, 9), labels: labels.subarray(1, 3) };
  assertBatches(await epochOf(new ImageBatches(set, PLAIN), 1), expected(set, [0, 1], [2]));
});

Deno.test("startEpoch() draws a permutation that seed and epoch decide", () => {
  const set = noise({ count: 50, height: 1, width: 1 });
  const orderOf = (seed: number, epoch: number) => {
    const batches = new ImageBatches(set, { ...PLAIN, shuffle: true, seed });
    batches.startEpoch(epoch);
    return [...batches.order];
  };
  assertEquals(orderOf(1, 1).sort((a, b) => a - b), Array.from({ length: 50 }, (_, i) => i));
  assertEquals(orderOf(1, 1), orderOf(1, 1));
  assertNotEquals(orderOf(1, 1), orderOf(1, 2));
  assertNotEquals(orderOf(1, 1), orderOf(2, 1));
});

Deno.test("a recorded batch moves on through the epoch, and starts again with the next", async () => {
  const set = noise({ count: 8, height: 3, width: 5 });
  const batches = new ImageBatches(set, { ...PLAIN, batchSize: 2, shuffle: true });
  const step = recorded(() => {
    const batch = batches.next(2);
    batches.advance(2);
    return batch;
  });
  for (const epoch of [1, 2]) {
    batches.startEpoch(epoch);
    const batch = expected(set, batches.order, batches.sizes);
    for (const { pixels, labels } of batch) {
      const found = step();
      assertPixels([...await found.images.read()], pixels);
      assertEquals([...await found.labels.read()], labels);
    }
    assertEquals([...await batches.cursor.read()], [8, 4, epoch]);
  }
  step.dispose();
});

Deno.test("ImageBatches checks its set and its options, and makes a batch larger than the set smaller", () => {
  const set = noise({ count: 4, height: 1, width: 1 });
  const wrongSet = () => new ImageBatches({ ...set, count: 5 }, PLAIN);
  assertThrows(wrongSet, RangeError, "Cannot use noise train: images has 4 bytes");
  const wrongSeed = () => new ImageBatches(set, { ...PLAIN, seed: -1 });
  assertThrows(wrongSeed, RangeError, "Cannot order noise by the seed -1");
  assertEquals(new ImageBatches(set, { ...PLAIN, batchSize: 5 }).sizes, [4]);
});

Deno.test("next() and advance() are refused before an epoch, and past its end", () => {
  using _ = scope();
  const batches = new ImageBatches(noise({ count: 7, height: 1, width: 1 }), PLAIN);
  for (const use of [() => batches.next(3), () => batches.advance(3)]) {
    assertThrows(use, TypeError, "Cannot take a batch of noise: no epoch was started");
  }
  for (const epoch of [1, 2]) {
    batches.startEpoch(epoch);
    for (const rows of batches.sizes) {
      batches.next(rows);
      batches.advance(rows);
    }
    const message = "Cannot take a batch of 1 images: 0 are left of the 7 of this epoch";
    for (const use of [() => batches.next(1), () => batches.advance(1)]) {
      assertThrows(use, RangeError, message);
    }
  }
  batches.startEpoch(3);
  for (const rows of [0, -1, 1.5, NaN]) {
    assertThrows(() => batches.next(rows), RangeError, `Cannot take a batch of ${rows} images`);
  }
  assertThrows(() => batches.next(8), RangeError, "7 are left of the 7 of this epoch");
  for (const epoch of [-1, 0.5, NaN, 2 ** 31]) {
    assertThrows(() => batches.startEpoch(epoch), RangeError, `Cannot start epoch ${epoch} of`);
  }
});

Deno.test("a recorded step that is refused takes no batch", () => {
  using _ = scope();
  const batches = new ImageBatches(noise({ count: 7, height: 1, width: 1 }), PLAIN);
  batches.startEpoch(1);
  const step = recorded(() => {
    batches.advance(7);
    throw new TypeError("this is no step");
  });
  for (let call = 0; call < 2; call++) assertThrows(step, TypeError, "this is no step");
  batches.advance(7);
});

Deno.test("a recorded batch that goes on past the end of the epoch is refused at the readback", async () => {
  const set = noise({ count: 7, height: 1, width: 1 });
  const batches = new ImageBatches(set, { ...PLAIN, dropLast: true });
  batches.startEpoch(1);
  const step = recorded(() => {
    const { labels } = batches.next(3);
    batches.advance(3);
    return labels;
  });
  step();
  assertEquals([...await step().read()], [...set.labels.subarray(3, 6)]);
  const message = "Cannot take a batch of 3 images: 0 are left of the 6 of this epoch";
  await assertRejects(() => step().read(), RangeError, message);
  batches.startEpoch(2);
  assertEquals([...await step().read()], [...set.labels.subarray(0, 3)]);
  step.dispose();
});

for (const replayed of [false, true]) {
  Deno.test(`a recorded batch past the end is refused, too, where ${replayed ? "another step" : "the CPU"} goes on`, async () => {
    const set = noise({ count: 2, height: 1, width: 1 });
    const batches = new ImageBatches(set, { ...PLAIN, batchSize: 1 });
    batches.startEpoch(1);
    const step = recorded(() => batches.next(1).labels);
    const onward = recorded(() => batches.advance(1));
    const advance = replayed ? onward : () => batches.advance(1);
    for (const label of set.labels) {
      for (let i = 0; i < 2; i++) assertEquals(await step().item(), label);
      advance();
    }
    const message = "Cannot take a batch of 1 images: 0 are left of the 2 of this epoch";
    for (let i = 0; i < 2; i++) await assertRejects(() => step().item(), RangeError, message);
    batches.startEpoch(2);
    assertEquals(await step().item(), set.labels[0]);
    for (const it of [step, onward, batches]) it.dispose();
  });
}

Deno.test("ImageBatches normalizes what it gathers, and makes no more batches than asked for", async () => {
  const set = noise({ count: 7, height: 2, width: 3 });
  const normalization = { mean: 0.1307, deviation: 0.3081 };
  const batches = new ImageBatches(set, { ...PLAIN, batchSize: 2, mostBatches: 2, normalization });
  assertEquals(batches.sizes, [2, 2]);
  const [{ pixels }] = await epochOf(batches, 1);
  pixels.forEach((pixel, i) =>
    assertAlmostEquals(pixel, (set.images[i] / 255 - 0.1307) / 0.3081, 1e-6)
  );
  for (const mostBatches of [4, 5]) {
    assertEquals(new ImageBatches(set, { ...PLAIN, batchSize: 2, mostBatches }).sizes, [
      2,
      2,
      2,
      1,
    ]);
  }
});

Deno.test("ImageBatches hands out labels of any number of classes", async () => {
  const classes = 100_000, labels = Int32Array.of(0, 255, 256, 65_536, classes - 1);
  const set = { ...noise({ count: 5, height: 1, width: 1, classes }), labels };
  const found = await epochOf(new ImageBatches(set, PLAIN), 1);
  assertEquals(found.flatMap((batch) => batch.labels), [...labels]);
});
