/** Recorded steps and `requiresGrad` that is set between replays: fine-tuning freezes a part, or sets it free. */
import { assertEquals, assertThrows } from "@std/assert";
import { add, backward, conv2d, linear, mul, noGrad, reshape, square, sum } from "../../mod.ts";
import { Sgd } from "../../src/optim/sgd.ts";
import { recorded } from "../../src/tensor/recorded.ts";
import { scope } from "../../src/tensor/scope.ts";
import { readAll } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";

for (const at of [true, false]) {
  Deno.test(`recorded() refuses a replay after requiresGrad was set to ${!at}, until it is recorded anew`, async () => {
    using _ = scope();
    const [body, head] = [1, 1].map((v) => tensor([v, v], { requiresGrad: true }));
    const optimizer = new Sgd(new Map([["body", body], ["head", head]]), { lr: 1 });
    body.requiresGrad = at;
    const step = recorded(() => {
      backward(sum(add(body, mul(head, 2))));
      optimizer.step();
    });
    step();
    body.requiresGrad = !at;
    assertThrows(
      step,
      TypeError,
      `Cannot replay the recorded step: requiresGrad of the tensor [2] was set to ${!at} since`,
    );
    step.dispose();
    step();
    assertEquals((await readAll([body, head])).map(([v]) => v), [0, -3]);
    body.requiresGrad = at;
    body.requiresGrad = !at;
    step();
    assertEquals((await readAll([body, head])).map(([v]) => v), [at ? 0 : -1, -5]);
    step.dispose();
    optimizer.dispose();
  });
}

Deno.test("recorded() replays when requiresGrad is set where no gradient was asked for", async () => {
  using _ = scope();
  const w = tensor([3], { requiresGrad: true });
  const step = recorded(() => noGrad(() => square(mul(w, 2))));
  step();
  w.requiresGrad = false;
  assertEquals(await step().item(), 36);
  step.dispose();
});

Deno.test("backward() leaves no gradient at a tensor that was frozen in the forward pass or is frozen now", () => {
  using _ = scope();
  const trained = (values: number[], shape: number[]) =>
    tensor(values, { shape, requiresGrad: true });
  for (const frozenBefore of [true, false]) {
    const x = trained([1, 2], [1, 2]);
    const weight = trained([1, 2, 3, 4], [2, 2]), kernel = trained([2], [1, 1, 1, 1]);
    for (const t of [weight, kernel]) t.requiresGrad = !frozenBefore;
    const y = linear(x, weight);
    const loss = sum(add(conv2d(reshape(x, [1, 1, 2, 1]), kernel), sum(mul(y, weight))));
    for (const t of [weight, kernel]) t.requiresGrad = frozenBefore;
    backward(loss);
    assertEquals([x, weight, kernel].map(({ grad }) => grad !== undefined), [true, false, false]);
  }
});
