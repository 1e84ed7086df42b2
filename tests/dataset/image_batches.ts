/** Batches gathered on the GPU, against the bytes they come from. */
import { assertAlmostEquals, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import type { ImageSet } from "../../data/image_set.ts";
import { ImageBatches } from "../../src/dataset/image_batches.ts";
import { recorded } from "../../src/tensor/recorded.ts";
import { noise } from "../image_set.ts";
import { epochOf, PLAIN } from "./pictures.ts";

/** What an epoch without augmentation must give. */
function expected(set: ImageSet, order: ArrayLike<number>, sizes: readonly number[]) {
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
    assertEquals(
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
    assertEquals(found, expected(set, batches.order, [4, 4]));
  }
});

Deno.test("ImageBatches reads a set that is a view into a larger one", async () => {
  const { images, labels, ...rest } = noise({ count: 5, height: 3, width: 1 });
  const set = { ...rest, count: 2, images: images.subarray(3, 9), labels: labels.subarray(1, 3) };
  assertEquals(await epochOf(new ImageBatches(set, PLAIN), 1), expected(set, [0, 1], [2]));
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
      assertEquals([...await found.images.read()], pixels);
      assertEquals([...await found.labels.read()], labels);
    }
    assertEquals([...await batches.cursor.read()], [8, 4, epoch]);
  }
  step.dispose();
});

Deno.test("ImageBatches refuses batch sizes that make no batch", () => {
  const set = noise({ count: 4, height: 1, width: 1 });
  for (const batchSize of [0, 1.5, NaN]) {
    assertThrows(
      () => new ImageBatches(set, { ...PLAIN, batchSize }),
      RangeError,
      `Cannot make batches of ${batchSize} from 4 noise images: a batch has from 1 to 4`,
    );
  }
  const large = { ...PLAIN, batchSize: 5 };
  assertThrows(
    () => new ImageBatches(set, { ...large, dropLast: true }),
    RangeError,
    "from 1 to 4",
  );
  assertEquals(new ImageBatches(set, large).sizes, [4]);
});

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
