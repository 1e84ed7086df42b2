/** What a training does with a network that broke, with an epoch that is none of its cycle, and with a step that is refused. */
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { RunError } from "../../src/base/errors.ts";
import type { OwnLossInputs } from "../../src/losses/own_loss.ts";
import type { LossRecipe } from "../../src/losses/table.ts";
import { mean, square } from "../../src/ops/mod.ts";
import type { Recipe } from "../../src/train/recipe.ts";
import { Trainer } from "../../src/train/trainer.ts";
import { noise } from "../image_set.ts";

const RECIPE: Recipe = {
  network: "lenetpp",
  featureDim: 2,
  widthFactor: 0.125,
  loss: { kind: "center", weight: 1, rule: "autograd" },
  optimizer: { lr: 0.01, momentum: 0, weightDecay: 0 },
  batchSize: 4,
  augmentation: { flip: 0, rotation: 0, padding: 0 },
  seed: 1,
};
const SIZE = { height: 8, width: 8 };
const train = noise({ count: 8, ...SIZE }), test = noise({ count: 8, ...SIZE, seed: 2 });

Deno.test("epoch() refuses a network that its last update broke, which no loss of a step shows", async () => {
  const recipe = { ...RECIPE, batchSize: 8, optimizer: { ...RECIPE.optimizer, lr: 1e30 } };
  for (const evaluates of [true, false]) {
    using trainer = new Trainer(recipe, train, test);
    await assertRejects(
      () => trainer.epoch(1, () => true, undefined, evaluates),
      RunError,
      "The features or the loss of the test set became NaN or infinite after epoch 1 at learning rate 1e+30: try a smaller",
    );
  }
});

Deno.test("a divergence under one cycle names the rate as that of the peak", async () => {
  const recipe = { ...RECIPE, optimizer: { ...RECIPE.optimizer, lr: 1e30 } };
  using trainer = new Trainer({ ...recipe, cycle: { epochs: 2, peak: 0.9 } }, train, test);
  await assertRejects(() => trainer.epoch(1), RunError, "at a peak learning rate of 1e+30: try");
});

Deno.test("Trainer refuses an epoch before its cycle each time, and trains one of number 0 without a cycle", async () => {
  const cycle = { epochs: 2, peak: 0.5 };
  using late = new Trainer({ ...RECIPE, cycle: { ...cycle, first: 2 } }, train, test);
  for (let i = 0; i < 2; i++) {
    await assertRejects(() => late.step(), RangeError, "must be a whole number from 2");
    await assertRejects(() => late.epoch(1), RangeError, "must be a whole number from 2");
  }
  assertEquals((await late.epoch(2))!.steps.length, 2);
  using cycled = new Trainer({ ...RECIPE, cycle }, train, test);
  await assertRejects(() => cycled.epoch(0), RangeError, "must be a whole number from 1");
  using plain = new Trainer(RECIPE, train, test);
  assertEquals((await plain.epoch(0))!.lr, 0.01);
});

Deno.test("a first step that is refused is not counted as seen", async () => {
  let refuses = true;
  const loss: LossRecipe = {
    kind: "own",
    weights: { own: 1 },
    centers: "none",
    readsLogits: false,
    terms: ({ features }: OwnLossInputs) => {
      if (refuses && features.shape[0] === 4) throw new RangeError("not yet");
      return mean(square(features));
    },
  };
  refuses = false;
  using trainer = new Trainer({ ...RECIPE, loss }, train, test);
  refuses = true;
  await assertRejects(() => trainer.step(), RangeError, "not yet");
  refuses = false;
  await trainer.step();
  const { samples } = await trainer.report({ samples: 8 });
  assertEquals(samples!.labels.length, 4);
  await trainer.step();
  assertEquals((await trainer.report({ samples: 8 })).samples!.labels.length, 8);
});

Deno.test("Trainer refuses perWeight where the weight is no factor of all of the centers' gradient", () => {
  const plain = { init: "normal", lr: 0.5, momentum: 0, weightDecay: 0, scheduled: false } as const;
  const centers = { ...plain, perWeight: true };
  const git = { kind: "git", weight: 0.01, weightInter: 1 } as const;
  assertThrows(
    () => new Trainer({ ...RECIPE, loss: git, centers }, train, test),
    RangeError,
    'Cannot train centers perWeight under the loss "git": the weight of a center loss is no factor of all',
  );
  const cycle = { epochs: 2, peak: 0.5, centerRamp: 1 };
  assertThrows(
    () => new Trainer({ ...RECIPE, cycle, centers }, train, test),
    RangeError,
    "Cannot train centers perWeight with centerRamp 1: ",
  );
});

Deno.test("a loss of two views is tested on as many rows as it is trained on", async () => {
  const loss = { kind: "supcon", temperature: 0.5 } as const;
  const optimizer = { ...RECIPE.optimizer, lr: 1e-30 };
  using trainer = new Trainer({ ...RECIPE, loss, optimizer }, train, train);
  const rows = (await trainer.epoch(1))!;
  // Two batches of 4 in two views each, and one test batch of 8: losses over 8 rows, all near log(7).
  const [trained, tested] = [rows.train, rows.test].map(({ losses }) => losses.loss);
  assertEquals(tested > 0.6 * trained, true, `${tested} of ${trained}`);
});
