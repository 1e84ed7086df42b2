import { assert, assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../../src/base/errors.ts";
import { CATALOG } from "../../../experiments/rows/catalog.ts";
import { type Plan, planOf } from "../../../experiments/plan/plan.ts";

const facts = ({ preset, epochs, trainSize, testSize, lastEpochFactor, recipe }: Plan) => ({
  preset,
  epochs,
  trainSize,
  testSize,
  lastEpochFactor,
  width: recipe.widthFactor,
  batch: recipe.batchSize,
});
const [cent, digits] = ["cent-mnist-2", "cent-digits-2"].map((id) => CATALOG.get(id)!);

Deno.test("CATALOG holds each row under its own id", () => {
  assertEquals([...CATALOG.keys()], [...CATALOG.values()].map((row) => row.id));
});

Deno.test("planOf() paper is the row as it is", () => {
  for (const row of CATALOG.values()) {
    const { quick: _, ...literals } = row;
    assertEquals(planOf(row, "paper"), { ...literals, preset: "paper" });
  }
});

Deno.test("planOf() quick is a published row at half width, for 4 epochs, the last at a tenth of the rate", () => {
  assertEquals(facts(planOf(cent, "quick")), {
    preset: "quick",
    epochs: 4,
    trainSize: 10_000,
    testSize: 2_000,
    lastEpochFactor: 0.1,
    width: 0.5,
    batch: 16,
  });
  assertEquals(planOf(cent, "quick").recipe.optimizer, cent.recipe.optimizer);
});

Deno.test("planOf() fast is a row of the table at full width, on all images, for few epochs of one cycle", () => {
  const rows = [...CATALOG.values()].filter(({ source }) => source?.row !== undefined);
  assertEquals(rows.length, 18);
  for (const row of rows) {
    const plan = planOf(row, "fast");
    const { widthFactor, network, augmentation, batchSize, loss } = plan.recipe;
    assertEquals([plan.trainSize, plan.testSize, widthFactor], [undefined, undefined, 1]);
    assertEquals([network, augmentation], [row.recipe.network, row.recipe.augmentation]);
    assert(plan.epochs <= 12 && plan.schedule.kind === "one-cycle");
    // A sample has as many pairs as its batch has other samples, and the term is a mean over samples.
    const push = (of: typeof loss, batch: number) =>
      of.kind === "standalone" ? of.weightInter * batch : 0;
    assertEquals(push(loss, batchSize), push(row.recipe.loss, row.recipe.batchSize));
  }
  assertThrows(
    () => planOf(digits, "fast"),
    UsageError,
    "--preset fast does not fit cent-digits-2",
  );
});

Deno.test("planOf() quick leaves a row of our own alone", () => {
  assertEquals(planOf(digits, "quick"), { ...digits, preset: "quick" });
});

Deno.test("planOf() quick changes what the row says, and nothing else", () => {
  for (const row of CATALOG.values()) {
    const { quick } = row;
    if (!quick) continue;
    const { recipe, schedule, secondStage, figures, scoring } = planOf(row, "quick");
    const { widthFactor, batchSize, stepsPerEpoch, lr, centersLr, secondStageEpochs } = quick;
    const changed = row.recipe;
    assertEquals(recipe, {
      ...changed,
      widthFactor,
      batchSize,
      ...(stepsPerEpoch && { stepsPerEpoch }),
      optimizer: { ...changed.optimizer, lr: lr ?? changed.optimizer.lr },
      ...(changed.centers &&
        { centers: { ...changed.centers, lr: centersLr ?? changed.centers.lr } }),
    });
    assertEquals([schedule, figures, scoring], [
      quick.schedule ?? row.schedule,
      row.figures,
      row.scoring,
    ]);
    const { epochs } = row.secondStage ?? { epochs: 0 };
    assertEquals(
      secondStage,
      row.secondStage && { ...row.secondStage, epochs: secondStageEpochs ?? epochs },
    );
  }
});

Deno.test("planOf() quick is some minutes of two cores, whatever the row", () => {
  for (const row of CATALOG.values()) {
    if (!row.source) continue;
    const { epochs, recipe, trainSize, testSize, secondStage, lastEpochFactor } = planOf(
      row,
      "quick",
    );
    const { batchSize, stepsPerEpoch = Infinity, widthFactor } = recipe;
    const images = epochs * Math.min(trainSize!, batchSize * stepsPerEpoch);
    assertEquals([widthFactor, testSize, lastEpochFactor], [0.5, 2_000, 0.1], row.id);
    assert(images >= 30_000 && images <= 80_000, `${row.id} trains ${images} images`);
    assert(batchSize === 16 || batchSize === 32, row.id);
    // Both stages have to show something.
    if (secondStage) assert(secondStage.epochs >= 2 && epochs - secondStage.epochs >= 2, row.id);
    // The correlation of paths takes steps of the centers from epoch to epoch.
    if (row.figures?.correlation) assert(epochs >= 10, row.id);
  }
});

Deno.test("planOf() smoke is a few steps of any row", () => {
  for (const row of CATALOG.values()) {
    const plan = planOf(row, "smoke");
    assertEquals(facts(plan), {
      preset: "smoke",
      epochs: 2,
      trainSize: 40,
      testSize: 20,
      lastEpochFactor: row.lastEpochFactor,
      width: 0.25,
      batch: 8,
    });
    assertEquals([plan.recipe.loss, plan.scoring], [row.recipe.loss, row.scoring]);
    assertEquals(plan.secondStage, row.secondStage && { ...row.secondStage, epochs: 1 });
  }
});
