/** Parameters and gradients that optimizers refuse. */
import { assertEquals, assertThrows } from "@std/assert";
import { Adam } from "../../src/optim/adam.ts";
import type { Parameters } from "../../src/optim/optimizer.ts";
import { Sgd } from "../../src/optim/sgd.ts";
import { Grouped } from "../../src/optim/grouped.ts";
import { ones } from "../../src/ops/mod.ts";
import { recorded } from "../../src/tensor/recorded.ts";
import { scope } from "../../src/tensor/scope.ts";
import { readAll } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { type Refusal, testRefusals } from "../refusal.ts";

const parameter = (...values: number[]) => tensor(values, { requiresGrad: true });

testRefusals([
  ...([["Sgd", Sgd], ["Adam", Adam]] as const).flatMap(([name, Optimizer]): Refusal[] => [
    [
      `${name} over one tensor under two names`,
      () => {
        const w = parameter(1);
        new Optimizer(new Map([["a", w], ["other", parameter(2)], ["b", w]]), { lr: 0.1 });
      },
      TypeError,
      "Cannot optimize a and b: both are the same tensor [1]; give it under one name",
    ],
    [
      `${name} over two views of one memory`,
      () => {
        const w = parameter(1, 2), view = w.alias([2, 1]);
        view.requiresGrad = true;
        new Optimizer(new Map([["w", w], ["view", view]]), { lr: 0.1 });
      },
      TypeError,
      "Cannot optimize w and view: both are the same tensor [2, 1]",
    ],
    [
      `${name} over whole numbers`,
      () => new Optimizer(new Map([["w", tensor([1], { dtype: "i32" })]]), { lr: 0.1 }),
      TypeError,
      "Cannot optimize w: it was made without requiresGrad",
    ],
    [
      `${name} of a gradient of another shape`,
      () => {
        const w = parameter(1, 2), optimizer = new Optimizer(new Map([["w", w]]), { lr: 0.1 });
        w.grad = ones([3]);
        optimizer.step();
      },
      TypeError,
      "Cannot update w [2]: its grad is f32 [3]; it must be f32 [2]",
    ],
    [
      `${name} of a gradient of whole numbers`,
      () => {
        const w = parameter(1, 2), optimizer = new Optimizer(new Map([["w", w]]), { lr: 0.1 });
        w.grad = tensor([1, 2], { dtype: "i32" });
        optimizer.step();
      },
      TypeError,
      "Cannot update w [2]: its grad is i32 [2]; it must be f32 [2]",
    ],
    [
      `${name} of one gradient for two parameters`,
      () => {
        const [a, b] = [parameter(1), parameter(2)];
        const optimizer = new Optimizer(new Map([["a", a], ["b", b]]), { lr: 0.1 });
        a.grad = b.grad = ones([1]);
        optimizer.step();
      },
      TypeError,
      "Cannot update b [1]: its grad is that of a, too",
    ],
    [
      `${name} of a gradient from outside of a recorded step`,
      () => {
        const w = parameter(1), optimizer = new Optimizer(new Map([["w", w]]), { lr: 0.1 });
        w.grad = ones([1]);
        recorded(() => optimizer.step())();
      },
      TypeError,
      "Cannot update w [1]: its grad is from outside of the recorded step",
    ],
  ]),
]);

for (const grouped of [false, true]) {
  Deno.test(`step() that is refused takes no gradient and moves nothing, ${grouped ? "in groups" : "in one"}`, async () => {
    using _ = scope();
    const [a, b] = [parameter(1), parameter(2)];
    const sgd = (parameters: Parameters) => new Sgd(parameters, { lr: 0.5 });
    const named = Object.entries({ a, b });
    const optimizer = grouped
      ? new Grouped(named.map((one) => ({ optimizer: sgd(new Map([one])) })), 0.5)
      : sgd(new Map(named));
    a.grad = ones([1]);
    b.grad = ones([3]);
    assertThrows(() => optimizer.step(), TypeError, "Cannot update b [1]");
    b.grad = ones([1]);
    optimizer.step();
    assertEquals((await readAll([a, b])).map(([v]) => v), [0.5, 1.5]);
    optimizer.dispose();
  });
}
