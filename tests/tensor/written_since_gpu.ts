/** Elements that are written between a forward pass and its `backward()`: refused, place by place, whoever writes them. */
import { assertEquals, assertThrows } from "@std/assert";
import { centerLoss } from "../../src/losses/center_loss.ts";
import { centerRepulsion } from "../../src/losses/center_repulsion.ts";
import { softmaxCrossEntropy } from "../../src/losses/cross_entropy.ts";
import { interClassSeparation } from "../../src/losses/inter_class_separation.ts";
import {
  add,
  backward,
  batchNorm,
  gather,
  mul,
  ones,
  square,
  sum,
  where,
  zeros,
} from "../../src/ops/mod.ts";
import { Adam } from "../../src/optim/adam.ts";
import { Sgd } from "../../src/optim/sgd.ts";
import { recorded } from "../../src/tensor/recorded.ts";
import { scope } from "../../src/tensor/scope.ts";
import { takeTape } from "../../src/tensor/tape.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { integers } from "../on_gpu.ts";

const leaf = (...values: number[]) => tensor(values, { requiresGrad: true });

/** The gradient of a loss is refused, and nothing is left. */
function assertWritten(loss: Tensor, what: string) {
  assertThrows(() => backward(loss), TypeError, `the input ${what} was written since`);
  takeTape();
}

for (const Optimizer of [Sgd, Adam]) {
  for (const late of [false, true]) {
    Deno.test(`backward() refuses a pass before step() of ${Optimizer.name}, made ${late ? "after" : "before"} the pass`, () => {
      using _ = scope();
      const w = leaf(3), make = () => new Optimizer(new Map([["w", w]]), { lr: 1 });
      let optimizer = late ? undefined : make();
      w.grad = ones([1]);
      const loss = sum(square(w));
      optimizer ??= make();
      optimizer.step();
      assertWritten(loss, "[1] of square()");
      optimizer.dispose();
    });
  }
}

Deno.test("backward() refuses a pass before the steps of two optimizers that share a parameter", () => {
  using _ = scope();
  const w = leaf(3), parameters = new Map([["w", w]]);
  const [first, second] = [1, 2].map((lr) => new Sgd(parameters, { lr }));
  const loss = sum(square(w));
  w.grad = ones([1]);
  first.step();
  second.step(); // moves it, and has no gradient to update it by
  assertWritten(loss, "[1] of square()");
  for (const it of [first, second]) it.dispose();
});

Deno.test("backward() goes on with parameters that an optimizer has only moved", async () => {
  using _ = scope();
  const w = leaf(3), loss = sum(square(w));
  const optimizer = new Sgd(new Map([["w", w]]), { lr: 1 });
  backward(loss);
  assertEquals(await w.grad!.item(), 6);
  optimizer.dispose();
});

Deno.test("backward() refuses a pass before a recorded step, at its first call and at each replay", async () => {
  using _ = scope();
  const w = leaf(3), optimizer = new Sgd(new Map([["w", w]]), { lr: 1 });
  const step = recorded(() => {
    backward(sum(square(w)));
    optimizer.step();
  });
  for (let call = 0; call < 3; call++) {
    const loss = sum(square(w));
    step();
    assertWritten(loss, "[1] of square()");
  }
  assertEquals(await w.item(), -3);
  for (const it of [step, optimizer]) it.dispose();
});

Deno.test("backward() refuses a pass by running statistics that training has moved", async () => {
  using _ = scope();
  const x = tensor([[1, 2], [3, 5]], { requiresGrad: true });
  const state = {
    weight: ones([2]),
    bias: zeros([2]),
    runningMean: zeros([2]),
    runningVar: ones([2]),
  };
  const loss = sum(batchNorm(x, state, { training: false }));
  batchNorm(x, state, { training: true });
  assertWritten(loss, "[2] of batchNorm()");
  const [first, second] = [1, 2].map(() => batchNorm(x, state, { training: true }));
  backward(sum(add(first, second))); // each pass has statistics of its own
  assertEquals((await x.grad!.read()).length, 4);
});

Deno.test("backward() counts what was written by its place: of two parameters of one optimizer, one", async () => {
  using _ = scope();
  const [a, b] = [leaf(3), leaf(5)];
  const optimizer = new Sgd(new Map([["a", a], ["b", b]]), { lr: 1 });
  const loss = sum(square(a));
  b.write([7]);
  b.grad = ones([1]);
  optimizer.step();
  backward(loss);
  assertEquals([await a.grad!.item(), await b.item()], [6, 6]);
  const again = sum(mul(a, b));
  a.write([2]);
  assertWritten(again, "[1] of mul()");
  optimizer.dispose();
});

Deno.test("backward() follows a view into the memory that it shares", () => {
  using _ = scope();
  const w = tensor(new Float32Array(128), { requiresGrad: true });
  const loss = sum(square(w));
  w.alias([64], 64).write(new Float32Array(64));
  assertWritten(loss, "[128] of square()");
});

const x = () => tensor([[1, 2], [3, 5]], { requiresGrad: true });
const readers: Record<string, (labels: Tensor) => Tensor> = {
  centerLoss: (labels) => centerLoss(x(), ones([2, 2]), labels, { rule: "paper" }),
  centerRepulsion: (labels) =>
    centerRepulsion(x(), tensor([[0, 0], [1, 1]]), labels, {
      alpha: 0.05,
      weightIntra: 1,
      weightInter: 1,
    }),
  softmaxCrossEntropy: (labels) => softmaxCrossEntropy(x(), labels),
  interClassSeparation: (labels) => interClassSeparation(x(), labels),
  gather: (rows) => sum(gather(x(), rows)),
};

for (const [name, lossOf] of Object.entries(readers)) {
  Deno.test(`backward() refuses labels of ${name}() that were written since`, () => {
    using _ = scope();
    const labels = integers([0, 1]), loss = lossOf(labels);
    labels.write([1, 0]);
    assertWritten(loss, `[2] of ${name}()`);
  });
}

Deno.test("backward() refuses a condition of where() that was written since", () => {
  using _ = scope();
  const condition = tensor([1, 0]), loss = sum(where(condition, leaf(1, 2), 0));
  condition.write([0, 1]);
  assertWritten(loss, "[2] of where()");
});
