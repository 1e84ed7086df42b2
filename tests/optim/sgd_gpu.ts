/** SGD against its twin; `tests/fixtures/ops.json` and `optimizers.json` hold it against PyTorch. */
import { assertEquals, assertThrows } from "@std/assert";
import { Sgd, type SgdOptions } from "../../src/optim/sgd.ts";
import { mul, sum } from "../../src/ops/mod.ts";
import { backward } from "../../src/ops/backward.ts";
import { Grouped } from "../../src/optim/grouped.ts";
import { recorded } from "../../src/tensor/recorded.ts";
import { scope } from "../../src/tensor/scope.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { download, rounded, upload } from "../on_gpu.ts";
import type { Array64 } from "../../src/reference/array64.ts";
import { assertClose } from "../reference/assert_close.ts";
import { sgd } from "../../src/reference/sgd.ts";
import { uniform } from "../../src/reference/uniform.ts";

for (
  const options of [
    { lr: 0.1 },
    { lr: 0.05, momentum: 0.9, weightDecay: 5e-4 },
    { lr: 0.05, momentum: 0.9, weightDecay: 5e-4, nesterov: true },
  ] as SgdOptions[]
) {
  Deno.test(`Sgd follows its twin through a change of rate, ${JSON.stringify(options)}`, async () => {
    using _ = scope();
    const shapes = { weight: [13, 7], bias: [1] };
    let twins = Object.entries(shapes).map(([name, shape], i) => ({
      name,
      parameter: rounded(uniform(shape, { seed: i + 1 })),
      velocity: undefined as Array64 | undefined,
    }));
    const parameters = new Map(twins.map(({ name, parameter }) => [name, upload(parameter, true)]));
    const optimizer = new Sgd(parameters, options);
    let lr = options.lr;
    for (let step = 0; step < 5; step++) {
      if (step === 3) optimizer.lr = lr = options.lr / 5;
      twins = twins.map(({ name, parameter, velocity }) => {
        const gradient = rounded(uniform(parameter.shape, { seed: 10 + step }));
        parameters.get(name)!.grad = upload(gradient);
        return { name, ...sgd(parameter, gradient, velocity, { ...options, lr }) };
      });
      optimizer.step();
      assertEquals([...parameters.values()].map((p) => p.grad), [undefined, undefined]);
    }
    assertEquals(optimizer.lr, lr);
    for (const { name, parameter, velocity } of twins) {
      const found = await download([parameters.get(name)!, optimizer.state().get(name)!]);
      assertClose(found[0], parameter, 1e-5, name);
      assertClose(found[1], velocity!, 1e-5, `velocity of ${name}`);
    }
  });
}

Deno.test("Grouped.state() keeps all tensors where groups name theirs alike", () => {
  using _ = scope();
  const group = () => {
    const p = tensor([1, 2], { requiresGrad: true });
    return { optimizer: new Sgd(new Map([["p", p]]), { lr: 1, momentum: 0.5 }), factor: 1 };
  };
  const groups = [group(), group()], state = new Grouped(groups, 1).state();
  assertEquals([...state.keys()], ["p", "group1.p"]);
  assertEquals(state.get("group1.p"), groups[1].optimizer.state().get("p"));
});

Deno.test("takeRate() gives a replayed step the rate of its place, times the group's factor", async () => {
  using _ = scope();
  const rates = [0.5, 0.25, 0.125];
  const train = async (byStep: boolean) => {
    const [a, b, c] = [1, 2, 3].map((value) => tensor([value, -value], { requiresGrad: true }));
    const sgd = (p: typeof a) => new Sgd(new Map([["p", p]]), { lr: 1, momentum: 0.5 });
    const optimizer = new Grouped([
      { optimizer: sgd(a), factor: 1 },
      { optimizer: sgd(b), factor: 2 },
      { optimizer: sgd(c) },
    ], 1);
    const cursor = tensor([0, 0, 0], { dtype: "i32" }), all = tensor(rates);
    const step = recorded(() => {
      for (const p of [a, b, c]) backward(sum(mul(p, p)));
      if (byStep) optimizer.takeRate({ rates: all, cursor });
      optimizer.step();
    });
    for (let i = 0; i < 5; i++) {
      cursor.write([0, i, 0]);
      if (!byStep) optimizer.lr = rates[Math.min(i, 2)];
      await step();
    }
    return (await download([a, b, c])).map(({ data }) => [...data]);
  };
  assertEquals(await train(true), await train(false));
});

Deno.test("Sgd leaves a parameter without gradient alone", async () => {
  using _ = scope();
  const [moved, still] = [upload(uniform([3]), true), upload(uniform([3]), true)];
  const optimizer = new Sgd(new Map([["moved", moved], ["still", still]]), {
    lr: 1,
    weightDecay: 1,
  });
  const before = await still.read();
  moved.grad = upload(uniform([3]));
  optimizer.step();
  assertEquals(await still.read(), before);
});

Deno.test("Sgd refuses what it cannot train and rates that are none", () => {
  using _ = scope();
  const [fixed, free] = [upload(uniform([3])), upload(uniform([3]), true)];
  const of = (options: SgdOptions) => () => new Sgd(new Map([["w", free]]), options);
  assertThrows(() => new Sgd(new Map(), { lr: 1 }), TypeError, "Cannot optimize no parameters");
  assertThrows(
    () => new Sgd(new Map([["w", fixed]]), { lr: 1 }),
    TypeError,
    "Cannot optimize w: it was made without requiresGrad",
  );
  assertThrows(of(undefined as never), TypeError, "lr is undefined; it must be 0 or more");
  assertThrows(
    () => new Sgd({ w: free } as never, { lr: 1 }),
    TypeError,
    "Cannot optimize an Object: give a Map of tensors by their names",
  );
  assertThrows(
    () => new Sgd(new Map([["w", [1] as never]]), { lr: 1 }),
    TypeError,
    "Cannot take the parameters: w is an Array, and it must be a tensor",
  );
  assertThrows(of({ lr: -1 }), RangeError, "lr is -1; it must be 0 or more");
  assertThrows(of({ lr: NaN }), RangeError, "lr is NaN");
  assertThrows(of({ lr: 1e39 }), RangeError, "lr is 1e+39; it must be 0 or more; float32");
  assertThrows(
    of({ lr: "1" as never }),
    TypeError,
    'lr is 1; it must be 0 or more, and a number, not "1"',
  );
  assertThrows(
    of({ lr: 1, momentum: 1 }),
    RangeError,
    "momentum is 1; it must be from 0 to below 1",
  );
  assertThrows(of({ lr: 1, weightDecay: -1 }), RangeError, "weightDecay is -1");
  assertThrows(
    of({ lr: 1, nesterov: true }),
    RangeError,
    "nesterov is true and momentum is 0; Nesterov's momentum needs one above 0",
  );
  assertThrows(
    of({ lr: 1, momentum: 0.9, nesterov: 1 as never }),
    TypeError,
    "nesterov is 1; it must be true or false",
  );
  assertThrows(() => of({ lr: 1 })().lr = -2, RangeError, "lr is -2");
});
