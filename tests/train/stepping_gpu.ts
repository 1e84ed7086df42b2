/** Training step by step: the bits of whole epochs, and what is told and changed between steps. */
import { assert, assertEquals, assertNotEquals, assertRejects, assertThrows } from "@std/assert";
import { RunError } from "../../src/base/errors.ts";
import { gpu } from "../../src/gpu/device.ts";
import { BUFFER_USAGE, MAP_MODE_READ } from "../../src/gpu/usage.ts";
import { loadStateDict, stateDict } from "../../src/train/checkpoint.ts";
import type { BufferPart } from "../../src/tensor/buffer_of.ts";
import type { Recipe } from "../../src/train/recipe.ts";
import type { ReportsOptions, StepReport } from "../../src/train/step_report.ts";
import { Trainer } from "../../src/train/trainer.ts";
import { compilingBefore } from "../gpu/compiling_before.ts";
import { noise } from "../image_set.ts";
import { CENTER, OPTIMIZER, RECIPE, SIZE, train } from "./small.ts";

const TRIPLE = {
  kind: "soft-triple",
  proxies: 2,
  scale: 20,
  temperature: 0.1,
  margin: 0.01,
  weight: 0.2,
} as const;
const test = noise({ count: 20, ...SIZE, seed: 2 });
const three = noise({ count: 14, ...SIZE, classes: 3 });

/** Reports of so many steps. */
async function reportsOf(
  trainer: Trainer,
  steps: number,
  options: Parameters<Trainer["reports"]>[0],
): Promise<StepReport[]> {
  const reports: StepReport[] = [];
  for await (const report of trainer.reports(options)) {
    reports.push(report);
    if (report.step >= steps) break;
  }
  return reports;
}

/** Bytes of a buffer, copied by commands of one's own. */
async function bytesOf({ buffer, offset, size }: BufferPart): Promise<ArrayBuffer> {
  const { device } = gpu(), usage = BUFFER_USAGE.COPY_DST | BUFFER_USAGE.MAP_READ;
  const mine = device.createBuffer({ size, usage }), encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(buffer, offset, mine, 0, size);
  gpu().flush();
  device.queue.submit([encoder.finish()]);
  await mine.mapAsync(MAP_MODE_READ);
  const bytes = mine.getMappedRange().slice(0);
  mine.destroy();
  return bytes;
}

Deno.test("reports() trains the bits of epoch(), whatever it tells and how often", async () => {
  using whole = new Trainer(RECIPE, train, test);
  const epochs = [(await whole.epoch(1))!, (await whole.epoch(2))!];
  for (const steps of [1, 2, 100]) {
    using trainer = new Trainer(RECIPE, train, test);
    const options = { every: { steps }, samples: 5, centers: true, classifier: true };
    // One report is on its way when the loop ends, with the first steps of the epoch after.
    const reports = await reportsOf(trainer, 6, options);
    assertEquals(reports.flatMap((it) => it.steps), epochs.flatMap((it) => it.steps));
    const ends = reports.filter(({ done }) => done === 3);
    assertEquals(ends.map(({ epoch }) => epoch), [1, 2]);
    assertEquals(ends.map(({ centers }) => centers), epochs.map(({ centers }) => centers));
    assertEquals(ends.map((it) => it.classifier), epochs.map(({ classifier }) => classifier));
  }
  using trainer = new Trainer(RECIPE, train, test);
  await trainer.step(6);
  assertEquals(await stateDict(trainer.entries()), await stateDict(whole.entries()));
  assertEquals(await trainer.test(), epochs[1].test);
  assertEquals((await trainer.report()).steps, epochs.flatMap((it) => it.steps));
  assertEquals((await trainer.report()).steps, []);
  assertEquals((await trainer.epoch(3))!, (await whole.epoch(3))!);
});

Deno.test("reports() tells what nobody took in the next report, once", async () => {
  using trainer = new Trainer(RECIPE, train, test);
  const first = await reportsOf(trainer, 2, {});
  await trainer.step(3);
  const last = await trainer.report();
  assertEquals([first.length, last.step, last.epoch, last.done], [2, 6, 2, 3]);
  using whole = new Trainer(RECIPE, train, test);
  const epochs = [(await whole.epoch(1))!, (await whole.epoch(2))!];
  assertEquals(
    [...first.flatMap((it) => it.steps), ...last.steps],
    epochs.flatMap((it) => it.steps),
  );
});

Deno.test("report() hands out the last samples as they were seen, the oldest first", async () => {
  using trainer = new Trainer(RECIPE, train, test), whole = new Trainer(RECIPE, train, test);
  const { features } = (await whole.epoch(1))!.train;
  await trainer.step(3);
  const all = (await trainer.report({ samples: 100 })).samples!;
  assertEquals(all.labels.length, 12);
  all.indices.forEach((index, i) => {
    assertEquals(all.labels[i], train.labels[index]);
    assertEquals(all.features.slice(2 * i, 2 * i + 2), features.slice(2 * index, 2 * index + 2));
  });
  const few = (await trainer.report({ samples: 5 })).samples!;
  assertEquals(few.indices, all.indices.slice(7));
  assertEquals(few.features, all.features.slice(14));
  await trainer.step(1);
  const { samples, centers } = await trainer.report({ samples: 12 });
  assertEquals([samples!.indices.slice(0, 8), centers], [all.indices.slice(4), undefined]);
  assertEquals(samples!.features.slice(0, 16), all.features.slice(8));
  assertEquals(samples!.labels.length, 12);
});

Deno.test("buffers has the rows, their samples and the centers on the GPU", async () => {
  using trainer = new Trainer(RECIPE, train, test);
  const { samples, cursor, order, previousOrder, labels, centers } = trainer.buffers;
  await trainer.step(4);
  const report = await trainer.report({ samples: 12, centers: true });
  const [seen] = new Int32Array(await bytesOf(cursor));
  const [now, before, classes] = await Promise.all(
    [order, previousOrder, labels].map(async (it) => new Int32Array(await bytesOf(it))),
  );
  const rows = new Float32Array(await bytesOf(samples));
  assertEquals([seen, samples.rows], [4, 12]);
  const places = [...before.subarray(seen, 12), ...now.subarray(0, seen)];
  assertEquals(places, [...report.samples!.indices]);
  assertEquals(places.map((place) => classes[place]), [...report.samples!.labels]);
  const oldest = rows.subarray(seen * samples.stride, seen * samples.stride + 2);
  assertEquals([...oldest], [...report.samples!.features.subarray(0, 2)]);
  assertEquals(new Float32Array(await bytesOf(centers)), report.centers!);
});

Deno.test("change() goes on as from a checkpoint with the other numbers", async () => {
  const own = { init: "normal", lr: 0.5, momentum: 0, weightDecay: 0 } as const;
  const centers = { ...own, scheduled: true, perWeight: true };
  const optimizer = { ...OPTIMIZER, biases: { lrFactor: 2, weightDecay: 0 } };
  const plain = { ...RECIPE, centers, optimizer };
  const changes = [
    { loss: { ...CENTER, weight: 4 } },
    { optimizer: { ...optimizer, lr: 0.002, momentum: 0.5, weightDecay: 0.1 } },
    { centers: { ...centers, lr: 0.1, momentum: 0.3, scheduled: false, perWeight: false } },
    { loss: { ...CENTER, weight: 0.25, rule: "paper" } as const },
    { optimizer: { ...optimizer, lr: 0.004, biases: { lrFactor: 0.5, weightDecay: 0.1 } } },
    { optimizer: { ...optimizer, lr: 0.004, nesterov: true } },
  ];
  for (const before of [plain, { ...plain, cycle: { epochs: 9, peak: 0.5 } }]) {
    using changed = new Trainer(before, train, test);
    await changed.step(3);
    let recipe: Recipe = before;
    for (const [i, change] of changes.entries()) {
      const saved = await stateDict(changed.entries());
      changed.change(change);
      recipe = { ...recipe, ...change };
      using fresh = new Trainer(recipe, train, test);
      loadStateDict(fresh.entries(), saved, "memory");
      const wanted = (await fresh.epoch(i + 2))!;
      assertEquals((await changed.epoch(i + 2))!, wanted);
      changed.change({}); // changes nothing
    }
  }
  using adam = new Trainer({ ...RECIPE, optimizer: { kind: "adam", lr: 0.01 } }, train, test);
  adam.change({ optimizer: { kind: "adam", lr: 0.5 } });
  assertEquals(adam.optimizer.lr, 0.5);
});

Deno.test("change() while the first step's kernels are compiled is for the steps after it", async () => {
  const loss = { ...CENTER, weight: 4 }, saved = [];
  for (const meanwhile of [true, false]) {
    using trainer = new Trainer({ ...RECIPE, loss: CENTER }, train, test);
    await compilingBefore(async () => {
      const step = trainer.step(1);
      if (meanwhile) trainer.change({ loss });
      await step;
    });
    if (!meanwhile) trainer.change({ loss });
    await trainer.step(2);
    saved.push(await stateDict(trainer.entries()));
  }
  assertEquals(saved[0], saved[1]);
});

Deno.test("change() reaches the numbers that a last layer has of its loss, and refuses those that made its weights", async () => {
  const arcface = { kind: "arcface", scale: 10, margin: 0.25, ramp: 0 } as const;
  const cases: [Recipe["loss"], Recipe["loss"]][] = [
    [arcface, { ...arcface, scale: 3, margin: 0.1 }],
    [TRIPLE, { ...TRIPLE, scale: 5, temperature: 2 }],
  ];
  for (const [loss, other] of cases) {
    using changed = new Trainer({ ...RECIPE, loss }, train, test);
    using fresh = new Trainer({ ...RECIPE, loss: other }, train, test);
    await changed.step(2);
    loadStateDict(fresh.entries(), await stateDict(changed.entries()), "memory");
    changed.change({ loss: other });
    assertEquals((await changed.epoch(2))!, (await fresh.epoch(2))!);
  }
  using simplex = new Trainer(
    { ...RECIPE, featureDim: 2, loss: { kind: "simplex", scale: 1 } },
    three,
    three,
  );
  const before = [...await simplex.network.head.weight.read()];
  assertThrows(
    () => simplex.change({ loss: { kind: "simplex", scale: 4 } }),
    RangeError,
    'Cannot change scale of the loss "simplex" between steps',
  );
  assertEquals([...await simplex.network.head.weight.read()], before);
});

Deno.test("change() counts from the next step on, under one cycle too", async () => {
  const cycle = { epochs: 2, peak: 0.5 };
  using a = new Trainer({ ...RECIPE, cycle }, train, test);
  using b = new Trainer({ ...RECIPE, cycle, optimizer: { ...OPTIMIZER, lr: 1e-9 } }, train, test);
  await a.step(2);
  a.change({ optimizer: { ...OPTIMIZER, lr: 1e-9, momentum: 0 } });
  const weights = async (
    it: Trainer,
  ) => [...(await stateDict(it.entries())).get("fc1.weight")!.data];
  const before = await weights(a);
  await a.step(1);
  (await weights(a)).forEach((w, i) => assert(Math.abs(w - before[i]) < 1e-6));
  assert((await a.epoch(2))!.lr < 1e-9 && (await b.epoch(2))!.lr < 1e-9);
});

Deno.test("change() compiles nothing", async () => {
  using trainer = new Trainer({ ...RECIPE, loss: { ...CENTER, weight: 3 } }, train, test);
  await trainer.step(1);
  trainer.change({ loss: { ...CENTER, weight: 7 } });
  const compiled: string[] = [];
  await trainer.step(1, ({ kernel }) => compiled.push(kernel));
  assertEquals(compiled, []);
});

Deno.test("change() refuses what needs another trainer, and changes nothing then", async () => {
  using trainer = new Trainer(RECIPE, train, test), other = new Trainer(RECIPE, train, test);
  const refused = [
    [{ loss: { kind: "cross-entropy" } }, 'Cannot change the loss "center" to "cross-entropy"'],
    [{ loss: { ...CENTER, weight: NaN } }, "the weight of center is NaN"],
    [{ optimizer: { kind: "adam", lr: 1 } }, "Cannot change the optimizer: another kind"],
    [{ optimizer: { ...OPTIMIZER, momentum: 1 } }, "momentum is 1; it must be from 0 to below 1"],
    [{ loss: { ...CENTER, weight: 9 }, optimizer: { ...OPTIMIZER, lr: -1 } }, "lr is -1"],
  ] as const;
  for (const [change, words] of refused) {
    assertThrows(() => trainer.change(change), RangeError, words);
  }
  assertEquals(await trainer.epoch(1), await other.epoch(1));
  using softmax = new Trainer({ ...RECIPE, loss: { kind: "cross-entropy" } }, three, three);
  const simplex = { loss: { kind: "simplex", scale: 1 } } as const;
  assertThrows(() => softmax.change(simplex), RangeError, "make a new Trainer");
  using proxies = new Trainer({ ...RECIPE, loss: TRIPLE }, train, test);
  assertThrows(() => proxies.change({ loss: { ...TRIPLE, proxies: 3 } }), RangeError, "make a new");
});

Deno.test("reports() stops where a loss is gone, and refuses options that mean nothing", async () => {
  using trainer = new Trainer({ ...RECIPE, optimizer: { ...OPTIMIZER, lr: 1e30 } }, train, test);
  await assertRejects(
    () => reportsOf(trainer, 9, { every: { steps: 3 } }),
    RunError,
    "of epoch 1 (",
  );
  for (
    const [options, words] of [
      [{ every: { steps: 0 } }, "every 0 steps: it must be a whole number from 1"],
      [{ every: { ms: -1 } }, "every -1 ms: it must be a number above 0"],
      [{ samples: 0.5 }, "with 0.5 samples: it must be a whole number from 0"],
    ] as const
  ) {
    await assertRejects(() => reportsOf(trainer, 1, options), RangeError, words);
  }
  for (const every of [3, {}, { steps: "3" }]) {
    const options = { every } as unknown as ReportsOptions;
    await assertRejects(
      () => reportsOf(trainer, 1, options),
      TypeError,
      "give { steps } or { ms }",
    );
  }
});

Deno.test("a Trainer freezes a part of its network between steps, and sets it free", async () => {
  using trainer = new Trainer(RECIPE, train, test);
  const [{ tensor: first }, { tensor: second }] = trainer.network.entries();
  const moves = async () => {
    const read = async () => (await Promise.all([first.read(), second.read()])).map(String);
    const before = await read();
    await trainer.step(2);
    return (await read()).map((now, i) => now !== before[i]);
  };
  assertEquals(await moves(), [true, true]);
  first.requiresGrad = false;
  assertEquals(await moves(), [false, true]);
  first.requiresGrad = true;
  assertEquals(await moves(), [true, true]);
});

Deno.test("a Trainer that was disposed says so, also to what was under way", async () => {
  const trainer = new Trainer(RECIPE, train, test), epoch = trainer.epoch(1);
  trainer.dispose();
  await assertRejects(
    () => epoch,
    TypeError,
    "Cannot end epoch(): the trainer was disposed meanwhile",
  );
  await assertRejects(() => trainer.step(), TypeError, "Cannot begin step() of a trainer that was");
  await assertRejects(() => trainer.report(), TypeError, "Cannot begin report() of a trainer that");
});

Deno.test("report() names the epoch and the step of a loss that is gone, however long ago", async () => {
  using trainer = new Trainer({ ...RECIPE, optimizer: { ...OPTIMIZER, lr: 1e30 } }, train, test);
  await trainer.step(3 * trainer.steps);
  await assertRejects(() => trainer.report(), RunError, "in step 2 of epoch 1");
});

Deno.test("report() gives class means where no centers are learned", async () => {
  using trainer = new Trainer({ ...RECIPE, loss: { kind: "cross-entropy" } }, train, test);
  assert((await trainer.test()).nearestAccuracy >= 0);
  await trainer.step(2);
  const { samples, centers } = await trainer.report({ samples: 8, centers: true });
  const { labels, features } = samples!, label = labels[0];
  const own = [...labels].flatMap((l, i) => l === label ? [features[2 * i]] : []);
  const mean = own.reduce((a, b) => a + b) / own.length;
  assertEquals(centers![2 * label], Math.fround(mean));
  assertNotEquals((await trainer.test()).nearestAccuracy, NaN);
});
