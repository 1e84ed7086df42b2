import { assertEquals } from "@std/assert";
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

Deno.test("pairWeightLine() says of preset small what makes up for its batch", () => {
  const said = (id: string, preset: "paper" | "small" | "quick") =>
    pairWeightLine(planOf(rowNamed(id), "paper"), planOf(rowNamed(id), preset));
  const line =
    "The term over pairs keeps its weight, 0.1, and a batch of 8 has fewer pairs: for the push of the row's 128 give --weight-inter 1.6";
  assertEquals(said("standalone-mnist-2", "small"), line);
  const others = [["standalone-mnist-2", "quick"], ["standalone-mnist-2", "paper"], [
    "cent-mnist-2",
    "small",
  ]] as const;
  for (const [id, preset] of others) assertEquals(said(id, preset), undefined, id);
});
