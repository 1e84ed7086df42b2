/** How centers move beside the network. */
import { assertEquals } from "@std/assert";
import { optimizerOf } from "../../src/optim/recipe.ts";
import type { Grouped } from "../../src/optim/grouped.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { readAll } from "../../src/tensor/tensor.ts";
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

Deno.test("optimizerOf() has Nesterov's momentum for weights and biases, not for centers with their own SGD", async () => {
  using _ = scope();
  const [w, b, c] = [0, 0, 0].map((value) => tensor([value], { requiresGrad: true }));
  const own = { init: "normal", lr: 0.1, momentum: 0.5, weightDecay: 0 } as const;
  const optimizer = optimizerOf(
    {
      lr: 0.1,
      momentum: 0.5,
      weightDecay: 0,
      nesterov: true,
      biases: { lrFactor: 2, weightDecay: 0 },
    },
    { ...own, scheduled: false, perWeight: false },
    { network: new Map([["w", w], ["layer.bias", b]]), centers: new Map([["centers", c]]) },
    1,
  );
  for (let step = 0; step < 2; step++) {
    for (const p of [w, b, c]) p.grad = tensor([1]);
    optimizer.step(); // velocities 1 and 1.5
  }
  const moved = (await readAll([w, b, c])).map(([value]) => Number(value.toFixed(6)));
  assertEquals(moved, [-0.1 * (1.5 + 1.75), -0.2 * (1.5 + 1.75), -0.1 * (1 + 1.5)]);
  optimizer.dispose();
});
