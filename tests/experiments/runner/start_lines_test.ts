import { assertEquals } from "@std/assert";
import { withNumbers } from "../../../experiments/plan/numbers.ts";
import { planOf } from "../../../experiments/plan/plan.ts";
import { rowNamed } from "../../../experiments/flags/row.ts";
import {
  fewStepsLine,
  noRegionsLine,
  pairWeightLine,
} from "../../../experiments/runner/said/start_lines.ts";

Deno.test("fewStepsLine() says of a run below 100 steps how many epochs to try", () => {
  const said = (steps: number, epochs: number, more = {}) =>
    fewStepsLine({ preset: "quick", epochs, ...more }, steps);
  const line = "16 steps in all, which is too few to learn: try --epochs 60";
  assertEquals(said(4, 4), line);
  assertEquals(said(33, 3), "99 steps in all, which is too few to learn: try --epochs 10");
  assertEquals([said(25, 4), said(1, 100)], [undefined, undefined]);
  assertEquals([said(4, 4, { preset: "smoke" }), said(4, 4, { from: "x" })], [
    undefined,
    undefined,
  ]);
});

Deno.test("noRegionsLine() says that --regions is for two features", () => {
  const recipe = (featureDim: number) => ({ recipe: { featureDim } }) as never;
  const line = "--regions is for two features, and this run has 3: no map is tinted";
  assertEquals(noRegionsLine(recipe(3), true), line);
  assertEquals([noRegionsLine(recipe(2), true), noRegionsLine(recipe(3), false)], [
    undefined,
    undefined,
  ]);
});

Deno.test("pairWeightLine() says of any other batch what makes up for it", () => {
  const said = (
    id: string,
    preset: "paper" | "small" | "quick" | "fast" | "smoke",
    batchSize?: number,
    chosen = false,
  ) => {
    const paper = planOf(rowNamed(id), "paper");
    const plan = withNumbers(planOf(rowNamed(id), preset), { "batch-size": batchSize });
    return pairWeightLine(paper, plan, chosen);
  };
  const line = (weight: number, batch: number, pairs: string, give: number) =>
    `The term over pairs has weight ${weight}, and a batch of ${batch} has ${pairs} pairs: ` +
    `for the push of the row's 128 give --weight-inter ${give}`;
  const id = "standalone-mnist-2";
  assertEquals(said(id, "small"), line(0.1, 8, "fewer", 1.6));
  assertEquals(said(id, "fast", 32), line(0.2, 32, "fewer", 0.4));
  assertEquals(said(id, "paper", 256), line(0.1, 256, "more", 0.05));
  assertEquals(said(id, "fast", 32, true), undefined);
  assertEquals(
    said(id, "smoke", 1),
    "A batch of 1 has no pairs, so nothing pushes classes apart: give --batch-size 2 or more",
  );
  for (const preset of ["paper", "quick", "fast", "smoke"] as const) {
    assertEquals(said(id, preset), undefined, preset);
  }
  assertEquals(said("cent-mnist-2", "small"), undefined);
});
