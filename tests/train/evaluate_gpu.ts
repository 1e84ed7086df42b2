/** What a network gets right on a set, and an epoch as a loop. */
import { assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import type { BatchOptions } from "../../src/dataset/batch_options.ts";
import { ImageBatches } from "../../src/dataset/image_batches.ts";
import { gpu } from "../../src/gpu/device.ts";
import { evaluate } from "../../src/train/evaluation/evaluate.ts";
import { kaimingNormal } from "../../src/model/init.ts";
import { Linear, Sequential } from "../../src/model/layers.ts";
import { LeNetPlusPlus } from "../../src/model/lenetpp.ts";
import type { Network } from "../../src/model/network.ts";
import { Flatten } from "../../src/model/plain_layers.ts";
import { Random } from "../../src/model/random.ts";
import { outputsOf } from "../../src/train/evaluation/outputs.ts";
import { currentScope, keep, scope } from "../../src/tensor/scope.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { objectiveOf } from "../../src/losses/objective.ts";
import { LOSSES } from "../../src/losses/table.ts";
import { networkOf } from "../../src/model/networks.ts";
import { measure } from "../../src/train/evaluation/measures.ts";
import { noise } from "../image_set.ts";
import { softmaxCrossEntropy } from "../../src/reference/softmax_cross_entropy.ts";
import { array64 } from "../../src/reference/array64.ts";

const init = () => kaimingNormal(new Random(1, "weights"));

Deno.test("evaluate() compares a network's logits with the labels, batch by batch", async () => {
  using _ = scope();
  const set = noise({ count: 7, height: 3, width: 3, channels: 1 });
  const classes = set.classNames.length;
  const net = new Sequential(new Flatten(), new Linear({ in: 9, out: classes }, init()));
  const whole = await evaluate(net, set);
  const parts = await evaluate(net, set, { batchSize: 3 });
  assertEquals(parts.predictions, whole.predictions);
  const rows = Array.from(
    { length: set.count },
    (_, i) => [...whole.logits.subarray(i * classes, (i + 1) * classes)],
  );
  const largest = rows.map((row) => row.indexOf(Math.max(...row)));
  assertEquals([...whole.predictions], largest);
  const hits = largest.filter((k, i) => k === set.labels[i]).length;
  assertEquals([whole.accuracy, parts.accuracy], [hits / 7, hits / 7]);
  const loss = softmaxCrossEntropy(array64([set.count, classes], whole.logits), set.labels);
  for (const found of [whole.loss, parts.loss]) assertAlmostEquals(found, loss.data[0], 1e-5);
});

Deno.test("evaluate() of two sets at a time finds what each by itself does, and what is made meanwhile stays", async () => {
  const sets = [
    noise({ count: 7, height: 3, width: 3, channels: 1 }),
    noise({ count: 5, height: 3, width: 3, channels: 1 }),
  ];
  const net = new Sequential(new Flatten(), new Linear({ in: 9, out: 10 }, init()));
  const alone = [await evaluate(net, sets[0]), await evaluate(net, sets[1])];
  gpu().pool.trim();
  const before = gpu().pool.liveBytes;
  const both = Promise.all(sets.map((set) => evaluate(net, set, { batchSize: 2 })));
  const made = tensor([1, 2]);
  const found = await both;
  assertEquals(
    found.map(({ predictions }) => predictions),
    alone.map(({ predictions }) => predictions),
  );
  assertEquals([...await made.read()], [1, 2]);
  made.dispose();
  gpu().pool.trim();
  assertEquals([gpu().pool.liveBytes, currentScope()], [before, undefined]);
  net.entries().forEach(({ tensor }) => tensor.dispose());
});

Deno.test("evaluate() takes a network's logits, as outputsOf() gives them", async () => {
  using _ = scope();
  const set = noise({ count: 3, height: 8, width: 8, channels: 1 });
  const sizes = { height: 8, width: 8, channels: 1, featureDim: 2, classes: 10 };
  const net = new LeNetPlusPlus({ ...sizes, widthFactor: 0.125 }, init());
  const normalization = { mean: 0.5, deviation: 0.25 };
  const { logits } = await evaluate(net, set, { normalization });
  assertEquals(logits, (await outputsOf(net, set, normalization)).logits);
});

Deno.test("evaluate() refuses a network that gives no logits", async () => {
  using _ = scope();
  const set = noise({ count: 3, height: 3, width: 3, channels: 1 });
  await assertRejects(
    () => evaluate(new Sequential(), set),
    TypeError,
    "Cannot evaluate the network: of images [3, 3, 3, 1] it makes [3, 3, 3, 1]; logits are [3, classes]",
  );
});

Deno.test("evaluate() and outputsOf() leave nothing on the GPU where a network throws", async () => {
  const set = noise({ count: 3, height: 3, width: 3, channels: 1 });
  const refuse = () => {
    throw new Error("broken");
  };
  const net = { forward: refuse } as unknown as Network;
  for (const run of [evaluate, outputsOf]) {
    gpu().pool.trim();
    const bytes = gpu().pool.liveBytes;
    await assertRejects(() => run(net, set), Error, "broken");
    gpu().pool.trim();
    assertEquals(gpu().pool.liveBytes, bytes, run.name);
  }
});

const OPTIONS: BatchOptions = { batchSize: 3, shuffle: true, dropLast: false, seed: 1 };

Deno.test("ImageBatches.epoch() gives the batches of next(), and frees them", async () => {
  using _ = scope();
  const set = noise({ count: 7, height: 3, width: 3, channels: 1 });
  const batches = new ImageBatches(set, OPTIONS);
  for (const epoch of [1, 2]) {
    const labels: number[] = [];
    const seen: Tensor[] = [];
    for await (const batch of batches.epoch(epoch)) {
      labels.push(...await batch.labels.read());
      seen.push(batch.images);
    }
    assertEquals(labels, [...batches.order].map((sample) => set.labels[sample]));
    assertEquals(seen.map((t) => t.disposed), [true, true, true]);
  }
  batches.dispose();
});

Deno.test("ImageBatches.epoch() is left by break, and kept tensors stay", async () => {
  using own = scope();
  const set = noise({ count: 7, height: 3, width: 3, channels: 1 });
  const batches = new ImageBatches(set, OPTIONS);
  let kept: Tensor | undefined;
  for await (const { images } of batches.epoch(1)) {
    kept = keep(images);
    break;
  }
  assertEquals(kept!.disposed, false);
  assertEquals(currentScope(), own);
  const rows = [];
  for await (const { labels } of batches.epoch(2)) rows.push(labels.size);
  assertEquals(rows, [3, 3, 1]);
  batches.dispose();
});

Deno.test("ImageBatches.epoch() and startEpoch() are refused while a loop is running, which goes on", async () => {
  const set = noise({ count: 3, height: 1, width: 1 });
  const batches = new ImageBatches(set, { ...OPTIONS, batchSize: 1, shuffle: false });
  const seen: number[] = [];
  for await (const { labels } of batches.epoch(1)) {
    const message = "the loop over its epoch 1 is not at its end; end it or leave it by break";
    assertThrows(() => batches.startEpoch(2), TypeError, message);
    await assertRejects(() => batches.epoch(3).next(), TypeError, message);
    seen.push(await labels.item());
  }
  assertEquals(seen, [...set.labels]);
  const byHand = batches.epoch(4);
  await byHand.next();
  await byHand.return();
  batches.startEpoch(5);
  batches.dispose();
});

Deno.test("measure() compares class means with the last layer where logits are products with its weights", async () => {
  using _ = scope();
  const drawn = noise({ count: 30, height: 28, width: 28, channels: 1 });
  const classes = drawn.classNames.length, labels = drawn.labels.map((_, i) => i % classes);
  const set = { ...drawn, labels };
  const sizes = { height: 28, width: 28, channels: 1, classes, featureDim: 2, widthFactor: 0.125 };
  for (const [kind, compared] of [["normface", true], ["cac", false]] as const) {
    const loss = LOSSES[kind].start, { head } = objectiveOf(loss, classes);
    const network = networkOf("lenetpp", { ...sizes, head }, init());
    const { nc3, nc4 } = await measure({ network, loss }, { train: set, test: set });
    assertEquals([nc3, nc4].map(Number.isFinite), [compared, true], kind);
  }
});
