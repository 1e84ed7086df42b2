/** Means of an epoch whose batches are not equally large, and classes that no training sample has. */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { array64 } from "../../src/reference/array64.ts";
import { squaredDistances } from "../../src/reference/squared_distances.ts";
import { scope } from "../../src/tensor/scope.ts";
import { byCenter, distancesTo } from "../../src/train/evaluation/classify_outputs.ts";
import type { Recipe } from "../../src/train/recipe.ts";
import { Trainer } from "../../src/train/trainer.ts";
import { noise } from "../image_set.ts";

const RECIPE: Recipe = {
  network: "lenetpp",
  featureDim: 2,
  widthFactor: 0.125,
  loss: { kind: "cross-entropy" },
  optimizer: { lr: 0.01, momentum: 0, weightDecay: 0 },
  batchSize: 4,
  lastBatch: "keep",
  augmentation: { flip: 0, rotation: 0, padding: 0 },
  seed: 1,
};
const SIZE = { height: 8, width: 8 };
const train = noise({ count: 5, ...SIZE }), test = noise({ count: 130, ...SIZE, seed: 2 });

Deno.test("means of an epoch are over samples, also where the last batch is smaller", async () => {
  using trainer = new Trainer(RECIPE, train, test);
  const { steps: [a, b], train: { losses, accuracy }, test: tested } = (await trainer.epoch(1))!;
  assertAlmostEquals(losses.loss, (4 * a.loss + b.loss) / 5, 1e-5);
  assertAlmostEquals(losses.accuracy, (4 * a.accuracy + b.accuracy) / 5, 1e-6);
  assertEquals(b.accuracy === 0 || b.accuracy === 1, true, "one sample is right or wrong");
  assertAlmostEquals(losses.accuracy, accuracy, 1e-6);
  assertAlmostEquals(tested.losses.accuracy, tested.accuracy, 1e-6);
});

Deno.test("a class without a training sample is the nearest of none", async () => {
  const labels = train.labels.map((label) => label === 3 ? 4 : label);
  using trainer = new Trainer(RECIPE, { ...train, labels }, test);
  const { test: { byCenter }, centers } = (await trainer.epoch(1))!;
  const present = new Set<number>(labels);
  assertEquals([...byCenter].filter((k) => !present.has(k)), []);
  const classes = Array.from({ length: centers.length / 2 }, (_, k) => k);
  assertEquals(
    classes.filter((k) => Number.isNaN(centers[2 * k])),
    classes.filter((k) => !present.has(k)),
  );
});

Deno.test("byCenter() and distancesTo() know no center that is NaN", async () => {
  using _ = scope();
  const outputs = { features: Float32Array.of(0.1, 0, 5, 5), logits: new Float32Array(0) };
  const centers = { shape: [3, 2], data: Float32Array.of(NaN, NaN, 1, 0, 4, 4) };
  assertEquals(Array.from(await byCenter(outputs, centers, RECIPE.loss)), [1, 2]);
  assertEquals(
    [...await distancesTo(outputs, centers, RECIPE.loss)].map(Number.isNaN),
    [true, false, false, true, false, false],
  );
});

Deno.test("distancesTo() are Euclidean", async () => {
  using _ = scope();
  const features = Float32Array.of(0, 0, 3, 4, -1, 2), centers = Float32Array.of(0, 0, 3, 0);
  const loss = { kind: "center", weight: 1, rule: "autograd" } as const;
  const outputs = { features, logits: new Float32Array(0) };
  const found = await distancesTo(outputs, { shape: [2, 2], data: centers }, loss);
  const squares = squaredDistances(array64([3, 2], features), array64([2, 2], centers)).data;
  squares.forEach((square, i) => assertAlmostEquals(found[i], Math.sqrt(square), 1e-6));
});
