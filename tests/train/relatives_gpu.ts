/** Every relative of center loss in the trainer: finite losses, and the same bits after a resume, states of losses included. */
import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { gpu } from "../../src/gpu/device.ts";
import { LOSSES, type LossKind, lossOf, type LossRecipe } from "../../src/losses/table.ts";
import { loadStateDict, stateDict } from "../../src/train/checkpoint.ts";
import type { Recipe } from "../../src/train/recipe.ts";
import { Trainer } from "../../src/train/trainer.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { noise } from "../image_set.ts";
import { RECIPE, SIZE, train } from "./small.ts";

const test = noise({ count: 9, ...SIZE, seed: 2 });

const recipeOf = (loss: LossRecipe, featureDim = 2): Recipe => ({
  ...RECIPE,
  featureDim,
  loss,
  batchSize: 7,
});

const LOSSES_HERE: LossRecipe[] = [
  ...(Object.keys(LOSSES) as LossKind[]).filter((kind) => lossOf(kind).row).map((kind) =>
    lossOf(kind).start as LossRecipe
  ),
  { kind: "arcface", scale: 30, margin: 0.5, ramp: 3 },
];

/** Settled once a first training has let the device make what it keeps for itself, so that what is left behind can be counted. */
let begun: Promise<void> | undefined;
async function beginOnce(): Promise<void> {
  using first = new Trainer(recipeOf({ kind: "cross-entropy" }), train, test);
  await first.epoch(1);
}

for (const loss of LOSSES_HERE) {
  const dim = loss.kind === "simplex" ? 9 : 2;
  Deno.test(`Trainer trains ${JSON.stringify(loss)}, and resumes to the same bits`, async () => {
    const recipe = recipeOf(loss, dim), { pool } = gpu();
    await (begun ??= beginOnce());
    pool.trim();
    const before = pool.liveBytes;
    {
      using whole = new Trainer(recipe, train, test);
      const first = (await whole.epoch(1))!;
      const saved = await stateDict(whole.entries());
      const second = (await whole.epoch(2))!;
      for (const { steps, test: tested } of [first, second]) {
        assert(steps.every((step) => Number.isFinite(step.loss)));
        assert(Number.isFinite(tested.losses.loss));
        assert(tested.nearestAccuracy >= 0);
        assertEquals(Number.isNaN(tested.accuracy), loss.kind === "supcon");
      }
      assertNotEquals(second.steps, first.steps);
      using resumed = new Trainer(recipe, train, test);
      loadStateDict(resumed.entries(), saved, "memory");
      assertEquals(await resumed.epoch(2), second);
      assertEquals(await stateDict(resumed.entries()), await stateDict(whole.entries()));
    }
    pool.trim();
    assertEquals(pool.liveBytes, before);
  });
}

Deno.test("Trainer gives a loss of two views both, and keeps the features of the first", async () => {
  const still = { flip: 0, rotation: 0, padding: 0 }, turned = { ...still, rotation: 180 };
  const loss = { kind: "supcon", temperature: 0.5 } as const;
  const lossesOf = async (augmentation: typeof still) => {
    using trainer = new Trainer({ ...recipeOf(loss), augmentation }, train, test);
    const { steps, train: seen } = (await trainer.epoch(1))!;
    assertEquals(seen.features.length, 2 * train.count);
    assertEquals(seen.labels.length, train.count);
    return steps[0].loss;
  };
  const [same, different] = [await lossesOf(still), await lossesOf(turned)];
  assertNotEquals(same, different);
});

Deno.test("Trainer counts steps in training alone: a share of the margin rises by steps, and evaluation leaves it", async () => {
  const loss = { kind: "arcface", scale: 10, margin: 0.5, ramp: 100 } as const;
  using trainer = new Trainer(recipeOf(loss), train, test);
  const steps = async () => [...(await stateDict(trainer.entries())).get("loss.steps")!.data];
  assertEquals(await steps(), [0]);
  await trainer.epoch(1);
  assertEquals(await steps(), [2]); // two batches of 7; the two of the test set do not count
});

Deno.test("Trainer begins with a softmax for the loss's share of the steps, and then leaves it; a longer training does not go back", async () => {
  const loss = { kind: "arcface", scale: 10, margin: 0.25, ramp: 0, softmaxShare: 0.5 } as const;
  const recipe = { ...recipeOf(loss), epochs: 4 };
  using trainer = new Trainer(recipe, train, test);
  const parts = async (from: Trainer, epoch: number) =>
    (await from.epoch(epoch))!.steps.map(({ terms: { arcface, softmax } }) =>
      [arcface, softmax].map((it) => it > 0)
    );
  // Four of the eight steps, the last of which is ArcFace's already.
  assertEquals(await parts(trainer, 1), [[false, true], [false, true]]);
  assertEquals(await parts(trainer, 2), [[false, true], [true, false]]);
  using longer = new Trainer({ ...recipe, epochs: 400 }, train, test);
  loadStateDict(longer.entries(), await stateDict(trainer.entries()), "memory");
  assertEquals(await parts(longer, 3), [[true, false], [true, false]]);
  using unknown = new Trainer(recipeOf(loss), train, test);
  assertEquals(await parts(unknown, 1), [[true, false], [true, false]]);
  assertThrows(
    () => new Trainer({ ...recipe, epochs: 1.5 }, train, test),
    RangeError,
    "recipe.epochs must be a whole number from 1",
  );
});

Deno.test("Trainer refuses a simplex in too few dimensions, and AdaCos on two classes", () => {
  const message = "Cannot make a simplex of 10 classes in 2 dimensions: it needs 9 at least";
  assertThrows(
    () => new Trainer(recipeOf({ kind: "simplex", scale: 1 }), train, test),
    RangeError,
    message,
  );
  const two = { labels: train.labels.map((y) => y % 2), classNames: ["a", "b"] };
  assertThrows(
    () =>
      new Trainer(recipeOf({ kind: "adacos", most: 20 }), { ...train, ...two }, {
        ...test,
        ...two,
        labels: test.labels.map((y) => y % 2),
      }),
    RangeError,
    'Cannot train the loss "adacos" on 2 classes',
  );
});

Deno.test("change() takes another scale of cosines for the logits, too, and refuses other parameters", async () => {
  const loss = { kind: "normface", scale: 10 } as const;
  using trainer = new Trainer(recipeOf(loss), train, test);
  await trainer.epoch(1);
  const logits = async () => [...await trainer.network.logitsOf(tensor([[1, 2]])).read()];
  const before = await logits();
  trainer.change({ loss: { ...loss, scale: 20 } });
  const ratio = (await logits()).map((z, i) => z / before[i]);
  assert(ratio.every((r) => Math.abs(r - 2) < 1e-4), `${ratio}`);
  const several = { ...lossOf("soft-triple").start } as LossRecipe & { kind: "soft-triple" };
  using triples = new Trainer(recipeOf(several), train, test);
  triples.change({ loss: { ...several, temperature: 1 } });
  assertThrows(
    () => triples.change({ loss: { ...several, proxies: 3 } }),
    RangeError,
    'Cannot change proxies of the loss "soft-triple" between steps',
  );
});
