/** Sets in several shards give what they give in one. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Augmentation } from "../../src/dataset/augmentation.ts";
import type { BatchOptions } from "../../src/dataset/batch_options.ts";
import { ImageBatches } from "../../src/dataset/image_batches.ts";
import { mostBytesOfShard, uploadShards } from "../../src/dataset/shards.ts";
import { gpu } from "../../src/gpu/device.ts";
import { sizeClass } from "../../src/gpu/pool.ts";
import { recorded } from "../../src/tensor/recorded.ts";
import { scope } from "../../src/tensor/scope.ts";
import { readAll } from "../../src/tensor/tensor.ts";
import { noise } from "../image_set.ts";
import { epochOf, PLAIN } from "./pictures.ts";

const RECIPES: (Augmentation | undefined)[] = [
  undefined,
  { flip: 0.5, rotation: 0, padding: 4 },
  { flip: 0.5, rotation: 20, padding: 3 },
];
// Images of 63 and of 192 bytes: only of the latter does each begin at a whole word.
const SHAPES = [[7, 9, 1], [8, 8, 3]];

/** A set of eleven in shards of four, four and three, and in one. */
function threeAndOne([height, width, channels]: number[], options: BatchOptions) {
  const set = noise({ count: 11, height, width, channels });
  const mostBytes = 5 * height * width * channels - 1;
  return { three: new ImageBatches(set, options, mostBytes), one: new ImageBatches(set, options) };
}

for (const shape of SHAPES) {
  for (const augmentation of RECIPES) {
    const how = JSON.stringify(augmentation) ?? "no augmentation";
    Deno.test(`next() gives the same bits from three shards as from one: ${shape}, ${how}`, async () => {
      const options = { ...PLAIN, batchSize: 6, shuffle: true, augmentation };
      const { three, one } = threeAndOne(shape, options);
      for (const epoch of [1, 2]) {
        assertEquals(await epochOf(three, epoch), await epochOf(one, epoch));
      }
    });
  }
}

Deno.test("next() dispatches once a shard, and a recorded batch does so again", async () => {
  const { three, one } = threeAndOne([7, 9, 1], { ...PLAIN, batchSize: 5, shuffle: true });
  const dispatches = (batches: ImageBatches) => {
    using _ = scope();
    const before = gpu().counts.dispatches;
    batches.next(5);
    return gpu().counts.dispatches - before;
  };
  for (const batches of [three, one]) batches.startEpoch(1);
  assertEquals([dispatches(three), dispatches(one)], [3, 1]);
  const steps = [three, one].map((batches) =>
    recorded(() => {
      const batch = batches.next(5);
      batches.advance(5);
      return batch;
    })
  );
  three.startEpoch(1);
  one.startEpoch(1);
  for (let step = 0; step < 2; step++) {
    const [a, b] = steps.map((run) => run());
    const [x, xLabels, y, yLabels] = await readAll([a.images, a.labels, b.images, b.labels]);
    assertEquals([x, xLabels], [y, yLabels]);
  }
  steps.forEach((step) => step.dispose());
});

Deno.test("uploadShards() takes whole images, as many as fit", async () => {
  const set = noise({ count: 7, height: 3, width: 3 });
  const shards = uploadShards(set, 30);
  assertEquals(shards.map(({ first, end }) => [first, end]), [[0, 3], [3, 6], [6, 7]]);
  for (const { first, end, bytes } of shards) {
    const [buffer] = await gpu().read([bytes.view]);
    const expected = [...set.images.subarray(9 * first, 9 * end)];
    assertEquals([...new Uint8Array(buffer)], [
      ...expected,
      ...[0, 0, 0].slice(0, -expected.length & 3),
    ]);
    bytes.dispose();
  }
  assertThrows(
    () => uploadShards(set, 8),
    RangeError,
    "Cannot put noise images of 9 bytes on the GPU: this adapter binds at most 8",
  );
});

Deno.test("mostBytesOfShard() is what the pool can allocate and the adapter binds, or half of it at the least", () => {
  const { maxBufferSize, maxStorageBufferBindingSize } = gpu().adapter.limits;
  const limit = Math.min(maxBufferSize, maxStorageBufferBindingSize, 2 ** 31);
  const most = mostBytesOfShard();
  assertEquals(sizeClass(most), most);
  assert(most <= limit && 2 * most > limit, `${most} of ${limit}`);
});

Deno.test("ImageBatches leaves no shard on the GPU where its labels have no room", () => {
  const { pool } = gpu(),
    take = pool.take.bind(pool),
    set = noise({ count: 11, height: 8, width: 8 });
  pool.trim();
  const before = pool.liveBytes;
  let left = 2;
  pool.take = (bytes) => {
    if (left-- === 0) throw new RangeError("no room");
    return take(bytes);
  };
  try {
    assertThrows(() => new ImageBatches(set, PLAIN, 8 * 8 * 8), RangeError, "no room");
  } finally {
    pool.take = take;
  }
  pool.trim();
  assertEquals(pool.liveBytes, before);
});
