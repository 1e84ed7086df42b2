import { assertEquals } from "@std/assert";
import { fewStepsLine, noRegionsLine } from "../../../experiments/runner/said/start_lines.ts";

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
