/** The rate of the centers beside that of the network. */
import { assertEquals } from "@std/assert";
import { optimizerOf } from "../../src/optim/recipe.ts";
import type { Grouped } from "../../src/optim/grouped.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { scope } from "../../src/tensor/scope.ts";

Deno.test("optimizerOf(): centers' rate falls with the network's where scheduled, and stays else", () => {
  using _ = scope();
  const p = () => tensor([1], { requiresGrad: true });
  for (const scheduled of [true, false]) {
    const centers = {
      init: "normal",
      lr: 0.5,
      momentum: 0,
      weightDecay: 0,
      scheduled,
      perWeight: true,
    } as const;
    const trained = { network: new Map([["w", p()]]), centers: new Map([["centers", p()]]) };
    const optimizer = optimizerOf(
      { lr: 0.1, momentum: 0, weightDecay: 0 },
      centers,
      trained,
      4,
    ) as Grouped;
    optimizer.lr = 0.01;
    assertEquals(optimizer.groups.map(({ optimizer }) => Number(optimizer.lr.toFixed(9))), [
      0.01,
      scheduled ? 0.0125 : 0.125,
    ]);
    optimizer.dispose();
  }
});
