import { assert, assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../../src/base/errors.ts";
import { sortedJson } from "../../../src/base/json.ts";
import { changes } from "../../../experiments/plan/differences.ts";
import { planOf, type Preset } from "../../../experiments/plan/plan.ts";
import { CATALOG } from "../../../experiments/rows/catalog.ts";
import type { Experiment } from "../../../experiments/rows/experiment.ts";

const rows = [...CATALOG.values()], digits = CATALOG.get("cent-digits-2")!;
const published = rows.filter(({ source }) => source);

/** Names of what a preset changes of a row. */
const changed = (row: Experiment, preset: Preset) =>
  changes(planOf(row, "paper"), planOf(row, preset)).map(({ name }) => name);

Deno.test("planOf() paper is the row as it is", () => {
  for (const row of rows) {
    const { quick: _, ...literals } = row;
    assertEquals(planOf(row, "paper"), { ...literals, preset: "paper" });
  }
});

Deno.test("planOf() fast is a row of the table at full width, on all images, for few epochs of one cycle", () => {
  const table = rows.filter(({ source }) => source?.row !== undefined);
  assertEquals(table.length, 18);
  for (const row of table) {
    const { epochs, schedule, recipe: { loss, batchSize } } = planOf(row, "fast");
    const names =
      /^(preset|epochs|schedule\..*|recipe\.(batchSize|optimizer\..*|loss\.weightInter))$/;
    assertEquals(changed(row, "fast").filter((name) => !names.test(name)), []);
    assert(epochs <= 24 && schedule.kind === "one-cycle");
    assert(loss.kind === "center" || !("centerRamp" in schedule), row.id);
    // A sample has as many pairs as its batch has other samples, and the term is a mean over samples.
    const push = (of: typeof loss, batch: number) =>
      of.kind === "standalone" ? of.weightInter * batch : 0;
    assertEquals(push(loss, batchSize), push(row.recipe.loss, row.recipe.batchSize));
  }
  const words = "--preset fast does not fit cent-digits-2";
  assertThrows(() => planOf(digits, "fast"), UsageError, words);
});

Deno.test("planOf() quick leaves a row of our own alone", () => {
  assertEquals(planOf(digits, "quick"), { ...digits, preset: "quick" });
});

Deno.test("planOf() quick is what the row says in place of what most rows say", () => {
  const { quick } = CATALOG.get("wen-mnist")!, row = { ...CATALOG.get("mx-center-second")! };
  const plan = planOf({ ...row, quick: { ...quick, lr: 7, secondStageEpochs: 2 } }, "quick");
  const { epochs, schedule, secondStage, recipe: { batchSize, stepsPerEpoch, optimizer } } = plan;
  assertEquals([epochs, batchSize, stepsPerEpoch, optimizer.lr], [4, 16, 625, 7]);
  assertEquals([schedule, secondStage], [{ kind: "constant" }, { ...row.secondStage!, epochs: 2 }]);
});

Deno.test("planOf() quick is some minutes of two cores, whatever the row, and the same training else", () => {
  const sizes =
    /^(preset|epochs|trainSize|testSize|lastEpochFactor|schedule\..*|secondStage\.epochs|recipe\.(widthFactor|batchSize|stepsPerEpoch|optimizer\.lr|loss\.weightInter))$/;
  for (const row of published) {
    const plan = planOf(row, "quick"), { id } = row;
    const { epochs, recipe, trainSize, testSize, secondStage, lastEpochFactor } = plan;
    const { batchSize, stepsPerEpoch = Infinity, widthFactor } = recipe;
    assertEquals(changed(row, "quick").filter((name) => !sizes.test(name)), [], id);
    const images = epochs * Math.min(trainSize!, batchSize * stepsPerEpoch);
    assertEquals([widthFactor, testSize, lastEpochFactor], [0.5, 2_000, 0.1], id);
    assert(images >= 30_000 && images <= 80_000, `${id} trains ${images} images`);
    assert(batchSize >= 16 && batchSize <= 32, id);
    // Both stages have to show something.
    if (secondStage) assert(secondStage.epochs >= 2 && epochs - secondStage.epochs >= 2, id);
    // The correlation of paths takes steps of the centers from epoch to epoch.
    if (row.figures?.correlation) assert(epochs >= 10, id);
  }
});

Deno.test("planOf() makes every row small, and leaves its terms their weights", () => {
  for (const row of CATALOG.values()) {
    const { preset, epochs, trainSize, recipe, schedule, secondStage } = planOf(row, "small");
    assertEquals([preset, epochs, trainSize, recipe.batchSize], ["small", 4, 3000, 8], row.id);
    assertEquals([recipe.loss, schedule.kind], [row.recipe.loss, "one-cycle"], row.id);
    const { kind } = recipe.optimizer, { lr } = row.recipe.optimizer;
    assertEquals(recipe.optimizer.lr, kind === "adam" ? lr : 0.05, row.id);
    assertEquals(secondStage?.epochs, row.secondStage && 1, row.id);
  }
});

Deno.test("planOf() is another training for each row, under presets paper and quick", () => {
  for (const preset of ["paper", "quick"] as const) {
    // The figures of a row make no training.
    const trainings = published.map((row) => {
      const { id: _, summary: __, source: ___, figures: ____, ...rest } = planOf(row, preset);
      return sortedJson(rest);
    });
    const same = published.filter((_, i) => trainings.indexOf(trainings[i]) !== i);
    assertEquals(same.map(({ id }) => id), []);
  }
});

Deno.test("planOf() smoke is a few steps of any row", () => {
  const sizes =
    /^(preset|epochs|trainSize|testSize|secondStage\.epochs|recipe\.(widthFactor|batchSize|loss\.weightInter))$/;
  for (const row of rows) {
    assertEquals(changed(row, "smoke").filter((name) => !sizes.test(name)), []);
    const { epochs, trainSize, testSize, secondStage, recipe } = planOf(row, "smoke");
    assertEquals([epochs, trainSize, testSize, recipe.widthFactor, recipe.batchSize], [
      ...[2, 40, 20, 0.25, 8],
    ]);
    assertEquals(secondStage, row.secondStage && { ...row.secondStage, epochs: 1 });
  }
});
