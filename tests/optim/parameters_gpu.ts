/** Parameters and gradients that optimizers refuse. */
import { assertEquals, assertThrows } from "@std/assert";
import { Adam } from "../../src/optim/adam.ts";
import type { Parameters } from "../../src/optim/optimizer.ts";
import { Sgd } from "../../src/optim/sgd.ts";
import { Grouped } from "../../src/optim/grouped.ts";
import { mul, ones } from "../../src/ops/mod.ts";
import { recorded } from "../../src/tensor/recorded.ts";
import { scope } from "../../src/tensor/scope.ts";
import { readAll, type Tensor } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { each, testRefusals } from "../refusal.ts";

const parameter = (...values: number[]) => tensor(values, { requiresGrad: true });

for (const Optimizer of [Sgd, Adam]) {
  const over = (...parameters: [string, Tensor][]) =>
    new Optimizer(new Map(parameters), { lr: 0.1 });
  /** Steps over one parameter that has this gradient. */
  const stepWith = (grad: Tensor) => {
    const w = parameter(1, 2), optimizer = over(["w", w]);
    w.grad = grad;
    optimizer.step();
  };
  testRefusals(TypeError, {
    [`Cannot optimize a and b: both are the same tensor [1] ... give it under one name`]: () => {
      const w = parameter(1);
      over(["a", w], ["other", parameter(2)], ["b", w]);
    },
    "Cannot optimize w and view: both are the same tensor [2, 1]": () => {
      const w = parameter(1, 2), view = w.alias([2, 1]);
      view.requiresGrad = true;
      over(["w", w], ["view", view]);
    },
    "Cannot optimize w: it was made without requiresGrad": () =>
      over(["w", tensor([1], { dtype: "i32" })]),
    "Cannot optimize w [2]: mul() computed it, and gradients go on to what it was computed from":
      () => over(["w", mul(0.5, parameter(1, 2))]),
    "Cannot update w [2]: its grad is f32 [3]; it must be f32 [2]": () => stepWith(ones([3])),
    "Cannot update w [2]: its grad is i32 [2]; it must be f32 [2]": () =>
      stepWith(tensor([1, 2], { dtype: "i32" })),
    "Cannot update w [2]: its grad was freed with the scope of its backward()": () => {
      const grad = ones([2]);
      grad.dispose();
      stepWith(grad);
    },
    "Cannot group optimizers: group 1 has a parameter [2] that another group has, too": () => {
      const all: [string, Tensor][] = [["body", parameter(1)], ["head", parameter(1, 2)]];
      const inner = new Grouped([{ optimizer: over(...all), factor: 1 }], 0.1);
      new Grouped([{ optimizer: inner, factor: 1 }, { optimizer: over(all[1]), factor: 5 }], 0.1);
    },
    "Cannot step an optimizer that was disposed": () => {
      const optimizer = over(["w", parameter(1)]);
      optimizer.dispose();
      optimizer.step();
    },
    "Cannot update b [1]: its grad is that of a, too": () => {
      const [a, b] = [parameter(1), parameter(2)], optimizer = over(["a", a], ["b", b]);
      a.grad = b.grad = ones([1]);
      optimizer.step();
    },
    "Cannot update w [1]: its grad is from outside of the recorded step": () => {
      const w = parameter(1), optimizer = over(["w", w]);
      w.grad = ones([1]);
      recorded(() => optimizer.step())();
    },
  });
}

const sgd = () => new Sgd(new Map([["w", parameter(1)]]), { lr: 0.1 });
testRefusals(TypeError, {
  "Cannot group optimizers: groups is null; give an array of { optimizer, factor }": () =>
    new Grouped(null as never, 1),
  "Cannot group optimizers: groups is an empty Array": () => new Grouped([], 1),
  "Cannot group optimizers: groups[1].optimizer is undefined; give an optimizer, ": () =>
    new Grouped([{ optimizer: sgd() }, { factor: 2 } as never], 1),
  "Cannot group optimizers: there is no groups[0].lr, but optimizer, factor": () =>
    new Grouped([{ optimizer: sgd(), lr: 2 } as never], 1),
});
testRefusals(
  RangeError,
  each([-1, NaN, Infinity], (factor) => [
    `factor of group 0 is ${factor}; it must be 0 or more`,
    () => new Grouped([{ optimizer: sgd(), factor }], 1),
  ]),
  { "lr is NaN; it must be 0 or more": () => new Grouped([{ optimizer: sgd() }], NaN) },
);

Deno.test("a rate that one group refuses is set in none", () => {
  using _ = scope();
  const groups = [1, 1e38].map((factor) => ({ optimizer: sgd(), factor }));
  const optimizer = new Grouped(groups, 1);
  assertThrows(
    () => optimizer.lr = 100,
    RangeError,
    "lr of group 1 is 1e+40; it must be 0 or more",
  );
  assertEquals([optimizer.lr, ...groups.map((group) => group.optimizer.lr)], [1, 0.1, 0.1]);
});

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
