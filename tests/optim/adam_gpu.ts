/** Adam against its twin; `tests/fixtures/optimizers.json` holds it against PyTorch. */
import { assertEquals, assertThrows } from "@std/assert";
import { Adam, type AdamOptions } from "../../src/optim/adam.ts";
import { scope } from "../../src/tensor/scope.ts";
import { download, rounded, upload } from "../on_gpu.ts";
import { adam, adamState } from "../../src/reference/adam.ts";
import { array64 } from "../../src/reference/array64.ts";
import { assertClose } from "../reference/assert_close.ts";
import { uniform } from "../../src/reference/uniform.ts";

for (
  const options of [
    { lr: 0.1 },
    { lr: 0.05, beta1: 0.8, beta2: 0.99, eps: 1e-3, weightDecay: 0.1 },
    { lr: 0.05, weightDecay: 0.1, decoupled: true },
  ]
) {
  Deno.test(`Adam follows its twin through a change of rate, ${JSON.stringify(options)}`, async () => {
    using _ = scope();
    let parameter = rounded(uniform([13, 7]));
    let state = adamState(parameter.shape);
    const own = upload(parameter, true);
    const optimizer = new Adam(new Map([["p", own]]), options);
    let lr = options.lr;
    for (let step = 0; step < 5; step++) {
      if (step === 3) optimizer.lr = lr = options.lr / 5;
      const gradient = rounded(uniform(parameter.shape, { seed: 10 + step }));
      own.grad = upload(gradient);
      optimizer.step();
      const before = parameter;
      ({ parameter, state } = adam(parameter, gradient, state, { ...options, lr }));
      const [now] = await download([own]);
      assertClose(now, parameter, 1e-5, `step ${step}`);
      // What a step adds is small beside the parameter; its own bar is one of float32's last digits of the parameter.
      const moved = (to: Float64Array) =>
        array64([to.length], to.map((v, i) => v - before.data[i]));
      assertClose(moved(now.data), moved(parameter.data), 1e-4, `movement of step ${step}`);
    }
    assertEquals(optimizer.lr, lr);
    const kept = ["p.mean", "p.square", "steps"].map((name) => optimizer.state().get(name)!);
    const [mean, square, steps] = await download(kept);
    assertClose(mean, state.mean, 1e-5, "mean");
    assertClose(square, state.square, 1e-5, "square");
    assertEquals([...steps.data], [5]);
  });
}

Deno.test("Adam refuses what it cannot train and settings out of range", () => {
  using _ = scope();
  const [fixed, free] = [upload(uniform([3])), upload(uniform([3]), true)];
  const of = (options: AdamOptions) => () => new Adam(new Map([["w", free]]), options);
  assertThrows(() => new Adam(new Map()), TypeError, "Cannot optimize no parameters");
  assertThrows(() => new Adam(new Map([["w", fixed]])), TypeError, "without requiresGrad");
  assertThrows(of({ lr: -1 }), RangeError, "lr is -1");
  assertThrows(of({ beta1: 1 }), RangeError, "beta1 is 1; it must be from 0 to below 1");
  assertThrows(of({ beta2: -0.1 }), RangeError, "beta2 is -0.1");
  assertThrows(of({ eps: -1 }), RangeError, "eps is -1");
  assertThrows(of({ weightDecay: -1 }), RangeError, "weightDecay is -1");
  assertThrows(
    of({ decoupled: 1 as never }),
    TypeError,
    "decoupled is 1; it must be true or false",
  );
});
