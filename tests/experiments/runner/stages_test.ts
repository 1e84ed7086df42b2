import { assertEquals } from "@std/assert";
import { planOf } from "../../../experiments/plan/plan.ts";
import { recipeAt } from "../../../experiments/runner/stages.ts";
import { CATALOG } from "../../../experiments/rows/catalog.ts";

Deno.test("recipeAt() gives fast rows their cycle, and those with a center loss its ramp", () => {
  const cycles = ["xent-cifar-10-2", "cent-cifar-10-2", "cent-mnist-2"].map((id) =>
    recipeAt(planOf(CATALOG.get(id)!, "fast"), 2).cycle
  );
  assertEquals(cycles, [
    { epochs: 12, peak: 0.2, first: 1 },
    { epochs: 12, peak: 0.2, first: 1, centerRamp: 0.6 },
    { epochs: 3, peak: 0.2, first: 1 },
  ]);
});

Deno.test("recipeAt() gives each stage a cycle of its own, and no ramp to the second", () => {
  const row = planOf(CATALOG.get("mx-center-second")!, "quick");
  const plan = { ...row, schedule: { kind: "one-cycle", peak: 0.3, centerRamp: 0.5 } as const };
  const { epochs, secondStage } = plan, first = epochs - secondStage!.epochs;
  assertEquals(recipeAt(plan, first).cycle, {
    epochs: first,
    peak: 0.3,
    first: 1,
    centerRamp: 0.5,
  });
  assertEquals(recipeAt(plan, first + 1).cycle, {
    epochs: secondStage!.epochs,
    peak: 0.3,
    first: first + 1,
  });
});
