/** What a program without types gives by mistake: options under another name, and something else than is asked for. */
import { evaluate, stateDict, Trainer } from "../../train.ts";
import { drawDigits, ImageBatches, NO_AUGMENTATION } from "../../data.ts";
import { curves, GifWriter, matrixMap, reliability, scatter } from "../../figures.ts";
import * as lib from "../../mod.ts";
import { assertEquals, assertRejects } from "@std/assert";
import { integers } from "../on_gpu.ts";
import { each, testRefusals } from "../refusal.ts";

const t = (...shape: number[]) => lib.ones(shape);
const init = () => lib.kaimingNormal(new lib.Random(1, "weights"));
const parameters = () => lib.parametersOf(new lib.Linear({ in: 4, out: 2 }, init()));
const [train, test] = (["train", "test"] as const).map((split) =>
  drawDigits({ count: 20, seed: 1, split })
);
const loss = { kind: "center", weight: 0.1, rule: "paper" } as const;
const optimizer = { lr: 0.01, momentum: 0.9, weightDecay: 0 };
const recipe = {
  ...{ network: "lenetpp", widthFactor: 0.125, featureDim: 2, loss, optimizer } as const,
  ...{ batchSize: 10, augmentation: NO_AUGMENTATION, seed: 1 },
};
const ownSgd = { init: "normal", ...optimizer, scheduled: true, perWeight: false } as const;
const training = (more: object) => () => new Trainer({ ...recipe, ...more }, train, test);
const title = "", wrong = { nme: 1 } as never;

testRefusals(
  TypeError,
  {
    "Cannot make Adam: there is no option learningRate, but lr, beta1, beta2, eps, weightDecay":
      () => new lib.Adam(parameters(), { learningRate: 1 } as never),
    "Cannot make Adam: options is 0.1, and it must be an object of lr": () =>
      new lib.Adam(parameters(), 0.1 as never),
    "Cannot make Sgd: there is no option dampening": () =>
      new lib.Sgd(parameters(), { lr: 1, dampening: 0.5 } as never),
    "Cannot change Sgd: there is no option nme": () =>
      new lib.Sgd(parameters(), { lr: 1 }).change(wrong),
    "Cannot make StepLR: there is no option step": () => new lib.StepLR({ step: 2 } as never),
    "Cannot make MultiStepLR: there is no option nme": () => new lib.MultiStepLR(wrong),
    "Cannot make ReduceLROnPlateau: there is no option nme": () => new lib.ReduceLROnPlateau(wrong),
    "Cannot take matmul(): there is no option transB, but transposeA, transposeB": () =>
      lib.matmul(t(2, 2), t(2, 2), { transB: true } as never),
    "Cannot take conv2d(): there is no option pad": () =>
      lib.conv2d(t(1, 4, 4, 1), t(3, 3, 1, 1), undefined, { pad: 1 } as never),
    "Cannot take layerNorm(): there is no option epsilon": () =>
      lib.layerNorm(t(2, 3), { epsilon: 1 } as never),
    "Cannot take dropout(): there is no option rate": () =>
      lib.dropout(t(3), { rate: 0.5 } as never),
    "Cannot take batchNorm(): there is no option nme": () =>
      lib.batchNorm(t(2, 3), undefined as never, wrong),
    "Cannot take interClassSeparation(): there is no option nme": () =>
      lib.interClassSeparation(t(2, 2), integers([0, 1]), wrong),
    "Cannot make simplexWeights(): there is no option nme": () => lib.simplexWeights(3, 2, wrong),
    "Cannot make Conv2d: there is no sizes.pad, but in, out, kernel, stride, padding": () =>
      new lib.Conv2d({ in: 1, out: 1, kernel: 3, pad: 1 } as never, init()),
    "Cannot make Linear: there is no sizes.inFeatures": () =>
      new lib.Linear({ inFeatures: 1, out: 1 } as never, init()),
    "Cannot make BatchNorm: there is no option nme": () => new lib.BatchNorm(4, wrong),
    "Cannot make MaxPool: options is 2": () => new lib.MaxPool(2 as never),
    "Cannot make Dropout: there is no option rate": () => new lib.Dropout({ rate: 0.5 } as never),
    "Cannot make batches: there is no option batch": () =>
      new ImageBatches(train, { batch: 10 } as never),
    "Cannot vary images: there is no augmentation.mirror, but flip, rotation, padding": training({
      augmentation: { ...NO_AUGMENTATION, mirror: 0.5 },
    }),
    "Cannot train: there is no recipe.lastbatch, but network, init": training({
      lastbatch: "keep",
    }),
    "Cannot train: there is no recipe.loss.lambda, but kind, weight, rule, tied": training({
      loss: { ...loss, lambda: 1 },
    }),
    "Cannot train: there is no recipe.optimizer.dampening": training({
      optimizer: { ...optimizer, dampening: 0.5 },
    }),
    "Cannot train: there is no recipe.optimizer.weightDecay, but kind, lr": training({
      optimizer: { kind: "adam", lr: 1, weightDecay: 1 },
    }),
    "Cannot train: recipe.centers has no weightDecay, scheduled, perWeight; beside init": training({
      centers: { init: "normal", lr: 0.5, momentum: 0 },
    }),
    "Cannot train: there is no recipe.centers.rate": training({
      centers: { init: "normal", rate: 1 },
    }),
    "Cannot train: there is no recipe.network.bias, but kind, activation": training({
      network: { kind: "lenetpp", ...lib.LENETPP, bias: false },
    }),
    "Cannot train: there is no recipe.init.gain, but kind, magnitude, fan": training({
      init: { kind: "torch-default", gain: 2 },
    }),
    "Cannot train: there is no recipe.normalization.std": training({
      normalization: { mean: 0, deviation: 1, std: 2 },
    }),
    "Cannot train: there is no recipe.optimizer.biases.lr, but lrFactor, weightDecay": training({
      optimizer: { ...optimizer, biases: { lrFactor: 2, weightDecay: 0, lr: 1 } },
    }),
    "recipe.optimizer.biases.lrFactor is undefined; it must be 0 or more, and a number": training({
      optimizer: { ...optimizer, biases: {} },
    }),
    "Cannot train: there is no recipe.centers.init.bound, but uniform": training({
      centers: { init: { bound: 1 } },
    }),
    'Cannot train: recipe.centers.scheduled is "no"; it must be true or false': training({
      centers: { ...ownSgd, scheduled: "no" },
    }),
    "Cannot train one cycle: there is no option ramp": training({
      cycle: { epochs: 1, peak: 0.5, ramp: 1 },
    }),
    "Cannot draw digits: there is no option size": () => drawDigits({ size: 1 } as never),
    "Cannot draw curves: there is no option nme": () => curves(wrong),
    "Cannot draw a scatter: there is no option nme": () => scatter(wrong),
    "Cannot draw reliability: there is no option nme": () => reliability(wrong),
    "Cannot draw a matrix: there is no option tite": () => matrixMap({ tite: title } as never),
    "Cannot write a GIF: there is no option nme": () => new GifWriter(wrong),
    'Cannot make Linear: init is undefined; give an initializer, such as kaimingNormal(new Random(1, "weights"))':
      () => new lib.Linear({ in: 4, out: 2 }, undefined as never),
    "Cannot make Conv2d: init is a function": () =>
      new lib.Conv2d({ in: 1, out: 1, kernel: 3 }, lib.kaimingNormal as never),
    "Cannot draw numbers: random is 1": () => lib.kaimingNormal(1 as never),
    "Cannot make Sequential: layer 0 is an Array; give layers and functions one after the other":
      () => new lib.Sequential([lib.relu] as never),
    "Cannot list the tensors of an Array": () => lib.parametersOf([] as never),
    "Cannot list the tensors of a Map": () => lib.named({ body: new Map() as never }),
  },
  each([undefined, true, { train: true }], (mode) => [
    `Cannot apply Dropout: mode${
      mode instanceof Object ? ".training is undefined" : ` is ${mode}`
    }; give { training: true } or { training: false }`,
    () => new lib.Dropout({ p: 0.5, seed: 1 }).forward(t(2, 4), mode as never),
  ]),
  each([undefined, true, { training: 1 }], (mode) => [
    `Cannot apply BatchNorm: mode${mode instanceof Object ? ".training is 1" : ` is ${mode}`}`,
    () => new lib.BatchNorm(4).forward(t(2, 4), mode as never),
  ]),
);

testRefusals(RangeError, {
  "recipe.optimizer.lr is NaN; it must be 0 or more": training({
    optimizer: { ...optimizer, lr: NaN },
  }),
  "recipe.optimizer.lr is -1; it must be 0 or more": training({
    optimizer: { kind: "adam", lr: -1 },
  }),
  "recipe.optimizer.nesterov is true and momentum is 0; Nesterov's momentum needs": training({
    optimizer: { ...optimizer, momentum: 0, nesterov: true },
  }),
  "recipe.optimizer.momentum is 1.5; it must be from 0 to below 1": training({
    optimizer: { ...optimizer, momentum: 1.5 },
  }),
  "recipe.optimizer.biases.lrFactor is -1; it must be 0 or more": training({
    optimizer: { ...optimizer, biases: { lrFactor: -1, weightDecay: 0 } },
  }),
  "recipe.centers.lr is NaN; it must be 0 or more": training({ centers: { ...ownSgd, lr: NaN } }),
});

/** A training by a loss of one's own. */
const byOwn = (more: object) =>
  training({
    loss: { kind: "own", weights: { own: 1 }, centers: "none", readsLogits: true, ...more },
  });
testRefusals(TypeError, {
  'Cannot train the loss "own": terms is 3; give a function of tensors': byOwn({ terms: 3 }),
  'Cannot train the loss "own": weights is empty; name the factor on each term': byOwn({
    weights: {},
    terms: () => ({}),
  }),
  'Cannot train the loss "own": its function gives a promise; give tensors': byOwn({
    terms: () => Promise.resolve(t()),
  }),
  'Cannot train the loss "own": no gradient reaches features or logits': byOwn({
    terms: () => t(),
  }),
});

Deno.test("openGpu(), evaluate(), stateDict() and Trainer.report() refuse what they are not given", async () => {
  const net = new lib.Sequential(new lib.Flatten());
  using trainer = new Trainer(recipe, train, test);
  const calls: [string, () => Promise<unknown>][] = [
    ["there is no option powerPreference", () => lib.openGpu({ powerPreference: "" } as never)],
    ["there is no option batch, but", () => evaluate(net, train, { batch: 1 } as never)],
    ["Cannot use undefined as a set of images", () => evaluate(net, undefined as never)],
    ["net is a function; give a layer", () => evaluate((() => {}) as never, train)],
    ["Cannot take the state of a Sequential: give its entries()", () => stateDict(net as never)],
    ["there is no option features", () => trainer.report({ features: 1 } as never)],
  ];
  for (const [words, call] of calls) await assertRejects(call, TypeError, words);
});

Deno.test("a Trainer does one thing at a time, and says which is under way", async () => {
  using alone = new Trainer(recipe, train, test);
  const expected = [await alone.epoch(1), await alone.epoch(2)];
  using trainer = new Trainer(recipe, train, test);
  const first = trainer.epoch(1);
  const refused = "of a trainer: its epoch() is under way; await that first";
  await assertRejects(() => trainer.epoch(2), TypeError, `Cannot begin epoch() ${refused}`);
  await assertRejects(() => trainer.step(), TypeError, `Cannot begin step() ${refused}`);
  await assertRejects(() => trainer.test(), TypeError, `Cannot begin test() ${refused}`);
  await assertRejects(() => trainer.reports().next(), TypeError, "Cannot begin reports()");
  assertEquals([await first, await trainer.epoch(2)], expected);
  await assertRejects(() => trainer.epoch(-1), RangeError);
  for (const count of [-1, 1.5, NaN]) {
    await assertRejects(() => trainer.step(count), RangeError, `Cannot make ${count} steps`);
  }
  trainer.change(undefined as never);
  await trainer.test();
});
