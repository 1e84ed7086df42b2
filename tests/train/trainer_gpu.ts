/** The training loop: the same bits for the same seed, also after a resume; what it says when the loss is gone. */
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertThrows,
} from "@std/assert";
import type { ImageSet } from "../../src/dataset/image_set.ts";
import { loadStateDict, stateDict } from "../../src/train/checkpoint.ts";
import { RunError } from "../../src/base/errors.ts";
import { gpu } from "../../src/gpu/device.ts";
import { SubmitBudget } from "../../src/gpu/submit_budget.ts";
import { LENETPP } from "../../src/model/lenetpp.ts";
import { Trainer } from "../../src/train/trainer.ts";
import type { Recipe } from "../../src/train/recipe.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { scope } from "../../src/tensor/scope.ts";
import { backward, mean, mul, ones, square, sum } from "../../src/ops/mod.ts";
import type { OwnLossInputs } from "../../src/losses/own_loss.ts";
import { noise } from "../image_set.ts";
import { CENTER, RECIPE, SIZE, train } from "./small.ts";

const PULLS = { weightIntra: 1, weightInter: 1 };
/** More than one batch of evaluation, the second one partial. */
const test = noise({ count: 130, ...SIZE, seed: 2 });

Deno.test("Trainer gives the same bits for the same seed, and others for another", async () => {
  const [a, b, c] = [1, 1, 2].map((seed) => new Trainer({ ...RECIPE, seed }, train, test));
  for (const epoch of [1, 2]) {
    const [first, second, third] = [
      await a.epoch(epoch),
      await b.epoch(epoch),
      await c.epoch(epoch),
    ];
    assertEquals(first?.steps.length, 3);
    assertEquals(second, first);
    assertNotEquals(third?.steps, first?.steps);
  }
  assertEquals(await stateDict(b.entries()), await stateDict(a.entries()));
});

Deno.test("Trainer goes through one cycle of the rate by steps, also after a resume", async () => {
  const recipe = { ...RECIPE, cycle: { epochs: 2, peak: 0.5 } };
  const whole = new Trainer(recipe, train, test);
  const first = await whole.epoch(1);
  const saved = await stateDict(whole.entries());
  const second = await whole.epoch(2);
  assertAlmostEquals(first!.lr, 0.01);
  assertAlmostEquals(second!.lr, 0.01 / 3);
  const resumed = new Trainer(recipe, train, test);
  loadStateDict(resumed.entries(), saved, "memory");
  assertEquals(await resumed.epoch(2), second);
  // The first step's rate is a third, so the second step sees other weights than at the full rate.
  const constant = await new Trainer(RECIPE, train, test).epoch(1);
  assertEquals(constant?.steps[0], first?.steps[0]);
  assertNotEquals(constant?.steps[1], first?.steps[1]);
  assertThrows(
    () => new Trainer({ ...RECIPE, cycle: { epochs: 2, peak: 1 } }, train, test),
    RangeError,
    "Cannot train one cycle with peak 1: it must be above 0 and below 1",
  );
});

Deno.test("Trainer lets the weight of the center loss rise by steps, and evaluates at the full one", async () => {
  const cycle = { epochs: 2, peak: 0.5, centerRamp: 1 };
  const loss = { ...CENTER, weight: 3 };
  const whole = new Trainer({ ...RECIPE, loss, cycle }, train, test);
  const first = (await whole.epoch(1))!;
  const saved = await stateDict(whole.entries());
  const second = (await whole.epoch(2))!;
  [...first.steps, ...second.steps].forEach(({ loss, terms }, i) =>
    assertAlmostEquals(
      loss,
      terms.cross_entropy + 3 * (i + 1) / 6 * terms.center,
      1e-4,
      `step ${i}`,
    )
  );
  const { loss: tested, terms } = second.test.losses;
  assertAlmostEquals(tested, terms.cross_entropy + 3 * terms.center, 1e-4);
  const resumed = new Trainer({ ...RECIPE, loss, cycle }, train, test);
  loadStateDict(resumed.entries(), saved, "memory");
  assertEquals(await resumed.epoch(2), second);
  // The first step trains with a sixth of the weight, so the second one starts elsewhere.
  const constant =
    (await new Trainer({ ...RECIPE, loss, cycle: { epochs: 2, peak: 0.5 } }, train, test).epoch(
      1,
    ))!;
  assertEquals(constant.steps[0].terms, first.steps[0].terms);
  assertNotEquals(constant.steps[1].terms, first.steps[1].terms);
  for (
    const [centerRamp, loss, words] of [
      [0, CENTER, "centerRamp 0: it must be above 0 and up to 1"],
      [
        0.5,
        { kind: "cross-entropy" },
        "centerRamp 0.5: the loss is cross_entropy, and only center loss",
      ],
    ] as const
  ) {
    assertThrows(
      () =>
        new Trainer({ ...RECIPE, loss, cycle: { epochs: 2, peak: 0.5, centerRamp } }, train, test),
      RangeError,
      `Cannot train one cycle with ${words}`,
    );
  }
});

Deno.test("Trainer continues from a checkpoint to the bits of a run that was never stopped", async () => {
  const whole = new Trainer(RECIPE, train, test);
  await whole.epoch(1);
  const saved = await stateDict(whole.entries());
  const second = await whole.epoch(2);
  const resumed = new Trainer({ ...RECIPE }, train, test);
  loadStateDict(resumed.entries(), saved, "memory");
  assertEquals(await resumed.epoch(2), second);
  assertEquals(await stateDict(resumed.entries()), await stateDict(whole.entries()));
});

Deno.test("epoch() classifies training samples by the centers as they were when each was seen", async () => {
  const optimizer = { lr: 20, momentum: 0, weightDecay: 0 };
  const trainer = new Trainer({ ...RECIPE, optimizer, batchSize: 14 }, train, test);
  const before = await trainer.centers.read() as Float32Array;
  const { train: { features, byCenter }, centers } = (await trainer.epoch(1))!;
  const nearest = (of: Float32Array) =>
    Array.from({ length: 14 }, (_, i) => {
      const [x, y] = features.subarray(2 * i);
      const away = Array.from({ length: of.length / 2 }, (_, c) =>
        Math.hypot(x - of[2 * c], y - of[2 * c + 1]));
      return away.indexOf(Math.min(...away));
    }).sort();
  assertNotEquals(nearest(centers), nearest(before), "the step must move the centers");
  assertEquals([...byCenter].sort(), nearest(before));
});

Deno.test("epoch() reports each step and both splits, samples that it left out as NaN", async () => {
  const trainer = new Trainer(RECIPE, train, test);
  const heard: number[] = [];
  const result = await trainer.epoch(1, (done, steps, last) => {
    heard.push(done);
    assertEquals(steps, 3);
    assert(Number.isFinite(last.loss));
    return true;
  });
  assertEquals(heard.at(-1), 3);
  const { steps, train: seen, test: tested, centers } = result!;
  assertEquals(steps.length, 3);
  for (const { loss, terms, accuracy } of steps) {
    assert(Math.abs(loss - terms.cross_entropy - terms.center) < 1e-5);
    assert([0, 0.25, 0.5, 0.75, 1].includes(accuracy), `accuracy ${accuracy}`);
  }
  const mean = steps.reduce((sum, s) => sum + s.loss, 0) / 3;
  assert(Math.abs(seen.losses.loss - mean) < 1e-9);
  assert(Math.abs(seen.losses.accuracy - seen.accuracy) < 1e-9);
  assertEquals([seen.labels.length, tested.labels.length], [12, 130]);
  assertEquals([...tested.labels], [...test.labels]);
  assertEquals(seen.features.filter(Number.isNaN).length, 2 * 2);
  assertEquals([tested.features.length, tested.features.some(Number.isNaN)], [260, false]);
  assertEquals(seen.distances.reduce((sum, d) => sum + d.count, 0), 12);
  const learned = new Map(trainer.entries().map((e) => [e.name, e.tensor])).get("centers")!;
  assertEquals(await learned.read(), centers);
  const image = tensor(new Float32Array(8 * 7), { shape: [1, 8, 7, 1] });
  const { features, logits } = trainer.network.forward(image, { training: false });
  const [x, y] = await features.read(), wanted = await logits.read();
  Array.from(wanted, (logit, k) => {
    const [a, b, bias] = result!.classifier!.subarray(3 * k);
    assertAlmostEquals(a * x + b * y + bias, logit, 1e-5);
  });
});

Deno.test("epoch() replays: no bind group and no buffer after the first, as many steps to a submit as its budget holds", async () => {
  const { encoder } = gpu(), { budget } = encoder;
  using _budget = { [Symbol.dispose]: () => void (encoder.budget = budget) };
  encoder.budget = new SubmitBudget(1e9); // commands count, whatever the time
  const many = noise({ count: 4 * 40, ...SIZE });
  const trainer = new Trainer(RECIPE, many, test);
  await trainer.epoch(1);
  const before = { ...gpu().counts }, bytes = gpu().pool.liveBytes;
  let waits = 0, after = before;
  await trainer.epoch(2, (done) => {
    waits++;
    if (done === 40) after = { ...gpu().counts };
    return true;
  });
  assertEquals(after.bindGroups, before.bindGroups);
  assertEquals(gpu().pool.liveBytes, bytes);
  assert(waits <= 5, `${waits} waits`);
  assert(after.submits - before.submits <= 40 / 8 + 1, `${after.submits - before.submits} submits`);
});

Deno.test("epoch() takes class means for centers where none are learned", async () => {
  const trainer = new Trainer({ ...RECIPE, loss: { kind: "cross-entropy" } }, train, test);
  const { steps, train: seen, centers } = (await trainer.epoch(1))!;
  assertEquals(steps.map((s) => s.loss), steps.map((s) => s.terms.cross_entropy));
  const sums = new Float64Array(20), counts = new Float64Array(10);
  train.labels.forEach((label, i) => {
    if (Number.isNaN(seen.features[2 * i])) return;
    counts[label]++;
    for (const d of [0, 1]) sums[2 * label + d] += seen.features[2 * i + d];
  });
  // NaN for a class that the epoch did not see.
  assert(counts.includes(0));
  centers.forEach((value, i) => assertAlmostEquals(value, sums[i] / counts[i >> 1], 1e-5));
});

Deno.test("epoch() classifies by nearest center alone where the loss leaves the logits untrained", async () => {
  const loss = { kind: "standalone", weightIntra: 1, weightInter: 0.1, form: "log1p" } as const;
  const trainer = new Trainer({ ...RECIPE, loss }, train, test);
  const drawn = await stateDict(trainer.entries());
  const { steps, train: seen, test: tested } = (await trainer.epoch(1))!;
  for (const { loss, terms } of steps) {
    assertEquals(Object.keys(terms), ["intra", "inter"]);
    assert(Math.abs(loss - (terms.intra - 0.1 * terms.inter)) < 1e-5);
  }
  assertEquals([seen.accuracy, tested.accuracy], [NaN, NaN]);
  // As many pairs to a sample as in training, whatever the size of the test set.
  const most = 3 * Math.log1p(4 * Math.max(...tested.features.map((v) => v * v)) * 2);
  assert(tested.losses.terms.inter > 0 && tested.losses.terms.inter < most);
  assert(tested.nearestAccuracy >= 0 && tested.nearestAccuracy <= 1);
  const trained = await stateDict(trainer.entries());
  for (const name of ["fc2.weight", "fc2.bias"]) assertEquals(trained.get(name), drawn.get(name));
  for (const name of ["fc1.weight", "centers"]) assertNotEquals(trained.get(name), drawn.get(name));
});

Deno.test("epoch() keeps the last batch when told, as a mean of its own or over the whole batch size", async () => {
  const few = noise({ count: 5, ...SIZE });
  const optimizer = { lr: 0.1, momentum: 0, weightDecay: 0 };
  const loss = { kind: "cross-entropy" } as const;
  const moved = new Map<string, number[]>();
  for (const lastBatch of ["keep", "keep-full-divisor"] as const) {
    // One step on a fifth of a batch: with the whole divisor it moves a fifth as far.
    const one = noise({ count: 1, ...SIZE });
    const recipe = { ...RECIPE, optimizer, loss, lastBatch, batchSize: 5 };
    using trainer = new Trainer(recipe, one, test);
    const before = (await stateDict(trainer.entries())).get("fc2.bias")!.data;
    const result = (await trainer.epoch(1))!;
    assertEquals(result.steps.length, 1);
    const after = (await stateDict(trainer.entries())).get("fc2.bias")!.data;
    moved.set(lastBatch, [...after].map((value, i) => value - before[i]));
    using five = new Trainer({ ...recipe, batchSize: 4 }, few, test);
    const { steps, train: seen } = (await five.epoch(1))!;
    assertEquals([steps.length, seen.labels.length], [2, 5]);
    assertEquals(seen.features.some(Number.isNaN), false);
  }
  moved.get("keep")!.forEach((value, i) =>
    assert(Math.abs(value / 5 - moved.get("keep-full-divisor")![i]) < 1e-6)
  );
});

Deno.test("epoch() about fixed centers leaves them and the layer of the logits, without decay", async () => {
  const loss = { kind: "center-alone", rule: "balanced" } as const;
  const optimizer = { lr: 0.1, momentum: 0, weightDecay: 0.1 };
  using trainer = new Trainer({ ...RECIPE, optimizer, loss }, train, test);
  const drawn = await stateDict(trainer.entries());
  const { steps, test: tested } = (await trainer.epoch(1))!;
  for (const { loss, terms } of steps) {
    assertEquals(Object.keys(terms), ["center", "cross_entropy"]);
    assertEquals(loss, terms.center);
  }
  assert(tested.accuracy >= 0);
  const trained = await stateDict(trainer.entries());
  for (const name of ["fc2.weight", "fc2.bias", "centers"]) {
    assertEquals(trained.get(name), drawn.get(name));
  }
  assertNotEquals(trained.get("fc1.weight"), drawn.get("fc1.weight"));
});

Deno.test("epoch() gives tied classes one center, moved by the samples of both", async () => {
  const loss = { kind: "center", weight: 1, rule: "autograd", tied: [1, 3] } as const;
  using trainer = new Trainer({ ...RECIPE, loss }, train, test);
  const { centers } = (await trainer.epoch(1))!;
  assertEquals(centers.slice(6, 8), centers.slice(2, 4));
  const [first, second] = [2, 6].map((at) => centers.slice(at, at + 2).join());
  assertEquals(first, second);
  const learned = (await stateDict(trainer.entries())).get("centers")!.data;
  assertEquals(learned.slice(2, 4), centers.slice(2, 4));
});

Deno.test("epoch() says of each sample its class by logit and how sure it is", async () => {
  using trainer = new Trainer({ ...RECIPE, loss: { kind: "cross-entropy" } }, train, test);
  const { train: seen, test: tested } = (await trainer.epoch(1))!;
  assertEquals(tested.predictions.length, 3 * test.count);
  tested.byLogit.forEach((k, i) => assertEquals(tested.predictions[3 * i], k));
  assert(tested.predictions.every(Number.isFinite));
  assertEquals(seen.predictions.filter(Number.isNaN).length, 3 * 2);
});

Deno.test("epoch() trains by Adam, by groups, and with a layer of the loss's own, and gives all back", async () => {
  const square = { height: 8, width: 8 };
  const sets = [noise({ count: 14, ...square }), noise({ count: 30, ...square, seed: 2 })] as const;
  const groups: Partial<Recipe> = {
    optimizer: {
      lr: 0.01,
      momentum: 0.9,
      weightDecay: 1e-3,
      biases: { lrFactor: 2, weightDecay: 0 },
    },
    centers: {
      init: "as-weights",
      lr: 0.5,
      momentum: 0,
      weightDecay: 0,
      scheduled: true,
      perWeight: false,
    },
    init: { kind: "xavier-uniform", magnitude: 3, fan: "in" },
  };
  const weights = { alpha: 0.05, weightIntra: 1, weightInter: 0.1 };
  const kinds: Partial<Recipe>[] = [
    { optimizer: { kind: "adam", lr: 1e-3 } },
    { network: { kind: "lenetpp", ...LENETPP, activation: { kind: "leaky", slope: 0.01 } } },
    groups,
    { loss: { kind: "center-softmax", ...weights } },
    { loss: { kind: "center-repulsion", ...weights } },
  ];
  const live: number[] = []; // the first training of a process keeps small buffers for the next ones
  for (const kind of kinds) {
    gpu().pool.trim();
    live.push(gpu().pool.liveBytes);
    using trainer = new Trainer({ ...RECIPE, ...kind }, ...sets);
    const saved = await stateDict(trainer.entries());
    trainer.optimizer.lr /= 2;
    assert((await trainer.epoch(1))!.steps.every(({ loss }) => Number.isFinite(loss)));
    const trained = await stateDict(trainer.entries());
    assertNotEquals(trained.get("centers"), saved.get("centers"));
    assertEquals("clamped" in (await trainer.epoch(2))!.steps[0].terms, kind.loss !== undefined);
  }
  gpu().pool.trim();
  assertEquals(gpu().pool.liveBytes, live[1]);
});

Deno.test("a Trainer with a loss of one's own leaves a forward pass before backward() alone", async () => {
  using _ = scope();
  const x = tensor([1, 2, 3], { requiresGrad: true });
  const y = sum(square(x));
  const own = { kind: "own", weights: { own: 1 }, centers: "none", readsLogits: false } as const;
  const loss = { ...own, terms: ({ features }: OwnLossInputs) => mean(square(features)) };
  using _trainer = new Trainer({ ...RECIPE, loss }, train, test);
  backward(y);
  assertEquals(await x.grad?.read(), new Float32Array([2, 4, 6]));
});

Deno.test("a Trainer says that a loss of one's own was tried on other rows than it expects", () => {
  const own = { kind: "own", weights: { own: 1 }, centers: "none", readsLogits: false } as const;
  const loss = {
    ...own,
    terms: ({ features }: OwnLossInputs) => mean(mul(features, ones([7, 2]))),
  };
  const wrong = () => new Trainer({ ...RECIPE, featureDim: 2, loss }, train, test);
  const words =
    /^Cannot mul .* \(tried on 4 made-up samples, and batches differ: take the rows from/;
  assert(words.test(assertThrows(wrong, TypeError).message));
});

Deno.test("a Trainer says by which field a recipe tells what a loss of one's own trains", () => {
  const own = { kind: "own", weights: { own: 1 }, centers: "none", readsLogits: true } as const;
  const loss = { ...own, terms: ({ features }: OwnLossInputs) => mean(features) };
  const message =
    'Cannot train the loss "own": no gradient reaches the logits: say readsLogits: false';
  assertThrows(() => new Trainer({ ...RECIPE, loss }, train, test), TypeError, message);
});

Deno.test("a Trainer refuses a loss of one's own with a tensor that nobody would train", () => {
  const own = { kind: "own", weights: { own: 1 }, centers: "none", readsLogits: false } as const;
  using _ = scope();
  const made = () => tensor([1, 2], { requiresGrad: true }), before = made();
  for (const scale of [() => before, made]) {
    const loss = {
      ...own,
      terms: ({ features }: OwnLossInputs) => mul(mean(features), mean(scale())),
    };
    const message = "its gradient reaches a tensor [2] that no optimizer here trains";
    assertThrows(() => new Trainer({ ...RECIPE, loss }, train, test), TypeError, message);
  }
  assertEquals(before.grad, undefined);
});

Deno.test("a Trainer that is refused leaves nothing on the GPU", () => {
  gpu().pool.trim();
  const before = gpu().pool.liveBytes;
  const small = { ...RECIPE, network: "lenetpp" } as const;
  assertThrows(
    () => new Trainer(small, train, test),
    RangeError,
    "Cannot build LeNet++ for images",
  );
  const cycle = { epochs: 1, peak: 0.5, centerRamp: 0.5 };
  const loss = { kind: "cross-entropy" } as const;
  assertThrows(
    () => new Trainer({ ...RECIPE, loss, cycle }, train, test),
    RangeError,
    "centerRamp",
  );
  const centers = {
    init: "normal",
    lr: 0.5,
    momentum: 1,
    weightDecay: 0,
    scheduled: false,
  } as const;
  assertThrows(
    () => new Trainer({ ...RECIPE, centers: { ...centers, perWeight: false } }, train, test),
    RangeError,
    "momentum is 1",
  );
  const { mostBytes } = gpu().pool;
  assertThrows(
    () => new Trainer({ ...RECIPE, featureDim: mostBytes / 32 }, train, test),
    RangeError,
    "Cannot allocate what an epoch",
  );
  assertThrows(
    () =>
      new Trainer(
        {
          ...RECIPE,
          loss: { kind: "standalone", weightIntra: 1, weightInter: 0.1, form: "log1p" },
          centers: { ...centers, momentum: 0, perWeight: true },
        },
        train,
        test,
      ),
    RangeError,
    'Cannot train centers perWeight under the loss "standalone": the weight of a center loss is no factor',
  );
  gpu().pool.trim();
  assertEquals(gpu().pool.liveBytes, before);
});

Deno.test("epoch() stops after the step at which it is told to", async () => {
  const trainer = new Trainer(RECIPE, train, test);
  const heard: number[] = [];
  assertEquals(await trainer.epoch(1, (done) => heard.push(done) > 1), undefined);
  assertEquals(heard.length, 1);
});

for (const loss of [RECIPE.loss, { kind: "cross-entropy" } as const]) {
  const what = loss.kind === "center" ? "with its terms" : "without a center loss";
  Deno.test(`epoch() stops at a loss that is no number, ${what}`, async () => {
    const trainer = new Trainer(
      { ...RECIPE, loss, optimizer: { ...RECIPE.optimizer, lr: 1e30 } },
      train,
      test,
    );
    const error = await assertRejects(() => trainer.epoch(5), RunError);
    const several = loss.kind === "center";
    const terms = several ? " \\(cross-entropy \\S+, center \\S+\\)" : "";
    const advice = "try a smaller learning rate" +
      (several ? ", or smaller weights of the terms" : "");
    assert(
      new RegExp(
        `^The loss became (NaN|Infinity) in step [23] of epoch 5${terms} at learning rate 1e\\+30: ${advice}$`,
      ).test(error.message),
      error.message,
    );
  });
}

Deno.test("500 steps need no more memory than 50 and make no bind groups", async () => {
  const trainer = new Trainer(
    { ...RECIPE, batchSize: 2 },
    noise({ count: 100, ...SIZE }),
    noise({ count: 4, ...SIZE }),
  );
  const measured = [];
  for (let epoch = 1; epoch <= 10; epoch++) {
    const made: number[] = [];
    const result = await trainer.epoch(epoch, () => made.push(gpu().counts.bindGroups) > 0);
    assertEquals(result?.steps.length, 50);
    assertEquals(made.at(-1), made[0], `bind groups made by the steps of epoch ${epoch}`);
    measured.push({ rss: Deno.memoryUsage().rss, live: gpu().pool.liveBytes });
  }
  const [first, last] = [measured[0], measured[9]];
  assertEquals(last.live, first.live);
  assert(last.rss < 1.05 * first.rss, `resident memory: ${measured.map(({ rss }) => rss)}`);
});

Deno.test("Trainer.dispose() gives back all memory, also in the middle of an epoch", async () => {
  const sets = [noise({ count: 14, ...SIZE }), noise({ count: 5, ...SIZE })] as const;
  const inUse = () => {
    gpu().pool.trim();
    return gpu().pool.liveBytes;
  };
  { // the first epoch of a process makes what all share: buffers for bindings that are not used
    using first = new Trainer(RECIPE, ...sets);
    await first.epoch(1);
  }
  const before = inUse();
  {
    using trainer = new Trainer(RECIPE, ...sets);
    assert(await trainer.epoch(1));
    assert(inUse() > before);
    // Left as by Ctrl-C.
    assertEquals(await trainer.epoch(2, () => false), undefined);
  }
  assertEquals(inUse(), before);
  const optimizer = { lr: 1e30, momentum: 0, weightDecay: 0 };
  const broken = new Trainer({ ...RECIPE, optimizer }, ...sets);
  await assertRejects(() => broken.epoch(1), RunError);
  broken.dispose();
  assertEquals(inUse(), before);
});

Deno.test("Trainer refuses sets and recipes that do not go together, before it makes anything", () => {
  const bytes = gpu().pool.liveBytes;
  const wrong: [
    message: string,
    recipe: Partial<Recipe>,
    set?: Partial<ImageSet>,
    tested?: ImageSet,
  ][] = [
    ["Cannot use noise train: labels has 10", {}, { labels: train.labels.subarray(0, 10) }],
    ["Cannot use noise test: count is 0", {}, {}, { ...test, split: "test", count: 0 }],
    ["images of 8x7x1 and 7x8x1", {}, {}, noise({ count: 3, height: 7, width: 8 })],
    ["Cannot make batches of 15 from 14 noise images", { batchSize: 15 }],
    ["Cannot train features of 0 numbers", { featureDim: 0 }],
    [
      'Cannot train: loss.kind is "other"; it must be one of cross-entropy, ',
      { loss: { kind: "other" } as never },
    ],
    [
      'rule is "toString"; it must be one of autograd',
      { loss: { ...CENTER, rule: "toString" as never } },
    ],
    ["tied is [1, 10]; it must be two classes of 0 to 9", { loss: { ...CENTER, tied: [1, 10] } }],
    ["tied is [1, 1]", { loss: { ...CENTER, tied: [1, 1] } }],
    ["tied is 1; it must be a list", { loss: { ...CENTER, tied: 1 as never } }],
    [
      'form is "foo"; it must be one of log1p, log',
      { loss: { kind: "standalone", form: "foo" as never, ...PULLS } },
    ],
    ["with alpha -1: it must be", { loss: { kind: "center-repulsion", alpha: -1, ...PULLS } }],
    ["with alpha NaN: it must be", { loss: { kind: "center-softmax", alpha: NaN, ...PULLS } }],
    [
      'Cannot draw weights: init.kind is "foo"; it must be one of kaiming-normal, ',
      { init: { kind: "foo" } as never },
    ],
    ['centers.init is "foo"', { centers: { init: "foo" } as never }],
    ["seed is 1.5", { seed: 1.5 }],
    ["seed is -1", { seed: -1 }],
    [
      'Cannot train the loss "center": the weight of center is NaN',
      { loss: { ...CENTER, weight: NaN } },
    ],
  ];
  for (const [message, recipe, set = {}, tested = test] of wrong) {
    const make = () => new Trainer({ ...RECIPE, ...recipe }, { ...train, ...set }, tested);
    assertThrows(make, Error, message);
  }
  assertEquals(gpu().pool.liveBytes, bytes);
});

Deno.test("Trainer dispatches no kernel that looks at labels: those of its sets are known", async () => {
  const { encoder } = gpu(), kernels = new Set<string>(), encode = encoder.encode.bind(encoder);
  encoder.encode = (command) => {
    if ("kernel" in command) kernels.add(command.kernel);
    encode(command);
  };
  try {
    using trainer = new Trainer(RECIPE, train, test);
    await trainer.epoch(1);
  } finally {
    encoder.encode = encode;
  }
  assert(kernels.has("center_loss"));
  assertEquals(kernels.has("check_rows"), false);
});

Deno.test("Trainer trains on 70,000 classes, and keeps no logits of all samples", async () => {
  const classes = 70_000, count = 6, last = classes - 1;
  const set = (seed: number): ImageSet => ({
    ...noise({ count, height: 8, width: 8, classes, seed }),
    labels: Int32Array.of(0, 255, 256, 65_536, last, last),
  });
  using trainer = new Trainer(
    {
      network: "lenetpp",
      featureDim: 2,
      widthFactor: 0.25,
      loss: { kind: "center", weight: 1, rule: "paper" },
      optimizer: { lr: 0.01, momentum: 0.9, weightDecay: 0 },
      augmentation: { flip: 0, rotation: 0, padding: 0 },
      batchSize: 3,
      seed: 1,
    },
    set(1),
    set(2),
  );
  const { train, test } = (await trainer.epoch(1))!;
  // Nothing is known of the classes yet.
  assertAlmostEquals(train.losses.terms.cross_entropy, Math.log(classes), 0.5);
  assertEquals(test.distances[last].count, 2);
  assertEquals(test.distances.filter(({ count }) => count > 0).length, 5);
  assertEquals([...test.labels], [0, 255, 256, 65_536, last, last]);
  const predicted = test.predictions.filter((_, i) => i % 3 === 0);
  assertEquals([...predicted], [...test.byLogit]);
});

const unknown: [message: string, change: object, typeof TypeError | typeof RangeError][] = [
  ["recipe.optimizer is undefined, and it must be an object", { optimizer: undefined }, TypeError],
  ['recipe.loss is "center", and it must be an object', { loss: "center" }, TypeError],
  ['recipe.init is "torch-default", and', { init: "torch-default" }, TypeError],
  ['recipe.lastBatch is "pad"; it must be one of drop, keep, ', { lastBatch: "pad" }, RangeError],
  ['recipe.centers.init is "zero"; it must be', { centers: { init: "zero" } }, RangeError],
];
for (const [message, change, error] of unknown) {
  Deno.test(`Trainer refuses a recipe: ${message}`, () => {
    const recipe = { ...RECIPE, ...change } as Recipe;
    assertThrows(() => new Trainer(recipe, train, test), error, `Cannot train: ${message}`);
  });
}

Deno.test("Trainer refuses no recipe", () => {
  assertThrows(
    () => new Trainer(undefined as unknown as Recipe, train, test),
    TypeError,
    "Cannot train: the recipe is undefined, and it must be an object",
  );
});
