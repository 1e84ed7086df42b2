/** Parameters and gradients that optimizers refuse. */
import { Adam } from "../../src/optim/adam.ts";
import { Sgd } from "../../src/optim/sgd.ts";
import { ones } from "../../src/ops/mod.ts";
import { tensor } from "../../src/tensor/tensor.ts";
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
      "Cannot optimise a and b: both are the same tensor [1]; give it under one name",
    ],
    [
      `${name} over two views of one memory`,
      () => {
        const w = parameter(1, 2), view = w.alias([2, 1]);
        view.requiresGrad = true;
        new Optimizer(new Map([["w", w], ["view", view]]), { lr: 0.1 });
      },
      TypeError,
      "Cannot optimise w and view: both are the same tensor [2, 1]",
    ],
    [
      `${name} over whole numbers`,
      () => new Optimizer(new Map([["w", tensor([1], { dtype: "i32" })]]), { lr: 0.1 }),
      TypeError,
      "Cannot optimise w: it was made without requiresGrad",
    ],
    [
      `${name} of a gradient of another shape`,
      () => {
        const w = parameter(1, 2), optimizer = new Optimizer(new Map([["w", w]]), { lr: 0.1 });
        w.grad = ones([3]);
        optimizer.step();
      },
      TypeError,
      "Cannot update w [2]: its grad is [3]; they must be equal",
    ],
  ]),
]);
