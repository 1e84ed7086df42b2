/** What a recorded step refuses, because a replay would get it wrong; and what it holds, so that a replay gets it right. */
import { assertEquals, assertThrows } from "@std/assert";
import { add, backward, mul, reshape, sum } from "../../src/ops/mod.ts";
import { Adam } from "../../src/optim/adam.ts";
import { Sgd } from "../../src/optim/sgd.ts";
import { gpu } from "../../src/gpu/device.ts";
import { recorded } from "../../src/tensor/recorded.ts";
import { scope, unscoped } from "../../src/tensor/scope.ts";
import { readAll, type Tensor } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";

/** The GPU goes on, and no recording is open. */
async function assertUsable() {
  const x = tensor([1]), step = recorded(() => add(x, 1));
  assertEquals([await step().item(), await step().item()], [2, 2]);
  step.dispose();
}

const later: Record<string, (x: Tensor, begun: () => void) => unknown> = {
  "an async function": async (x, begun) => {
    begun();
    return await mul(x, 2).read();
  },
  "a generator function": function* (x) {
    yield mul(x, 2);
  },
  "an async generator function": async function* (x) {
    yield await mul(x, 2).read();
  },
  "a promise": (x) => Promise.resolve(mul(x, 2)),
  "a promise that is rejected": () => Promise.reject(new Error("nobody hears this")),
  "an object with a promise in it": (x) => ({ y: mul(x, 2), values: [Promise.resolve(1)] }),
};

for (const [name, f] of Object.entries(later)) {
  Deno.test(`recorded() refuses ${name}, each time`, async () => {
    using _ = scope();
    const x = tensor([1, 2]);
    let begun = false;
    // The function itself is what is recorded where it is of such a kind.
    const made = f.constructor === Function
      ? () => f(x, () => {})
      : f.bind(undefined, x, () => void (begun = true));
    const step = recorded(made);
    for (let call = 0; call < 2; call++) {
      assertThrows(step, TypeError, "Cannot record an asynchronous step or a generator");
    }
    assertEquals(begun, false);
    await assertUsable();
  });
}

for (const ran of [false, true]) {
  Deno.test(`recorded() refuses a step inside of another, which ${ran ? "ran" : "did not run"} before`, async () => {
    using _ = scope();
    const x = tensor([1, 2]);
    const inner = recorded(() => mul(x, 2)), outer = recorded(() => add(inner(), 1));
    if (ran) inner();
    for (let call = 0; call < 2; call++) {
      assertThrows(outer, TypeError, "Cannot run a recorded step inside of another");
    }
    x.write([10, 20]);
    assertEquals([...await inner().read()], [20, 40]);
    inner.dispose();
  });
}

const readers: Record<string, (x: Tensor) => unknown> = {
  "read()": (x) => void x.read(),
  "read() whose promise it returns": (x) => x.read(),
  "item()": (x) => void sum(x).item(),
  "readAll()": (x) => void readAll([x]),
  "read() in an asynchronous function that handles it": (x) => {
    (async () => await x.read())().catch(() => {});
  },
  "read() that is caught": (x) => {
    try {
      x.read();
    } catch {
      return mul(x, 2);
    }
  },
};

for (const [name, f] of Object.entries(readers)) {
  Deno.test(`recorded() refuses ${name} inside of the step, each time`, async () => {
    using _ = scope();
    const x = tensor([1, 2]), step = recorded(() => f(x));
    for (let call = 0; call < 2; call++) {
      assertThrows(step, TypeError, "Cannot read inside a recorded step");
    }
    await assertUsable();
  });
}

Deno.test("a recorded step holds the memory of inputs that are freed", async () => {
  using _ = scope();
  const x = tensor([1, 2]);
  let step;
  {
    using _inner = scope();
    const y = tensor([10, 20]);
    step = recorded(() => mul(x, y));
    step();
  }
  x.dispose();
  const others = [tensor([77, 77]), tensor([88, 88])];
  assertEquals([...await step().read()], [10, 40]);
  assertEquals(others.map((t) => t.disposed), [false, false]);
  step.dispose();
});

Deno.test("dispose() gives back the memory of inputs that were freed", () => {
  const round = () => {
    using _ = scope();
    const x = tensor(new Float32Array(1 << 20));
    const step = recorded(() => mul(x, 2));
    step();
    x.dispose();
    step.dispose();
  };
  round();
  const bytes = gpu().pool.liveBytes;
  for (let i = 0; i < 5; i++) round();
  assertEquals(gpu().pool.liveBytes, bytes);
});

Deno.test("a replay is refused once an optimizer has moved what the step uses", async () => {
  using _ = scope();
  const weight = tensor([1, 2], { requiresGrad: true }), other = tensor([5]);
  const step = recorded(() => mul(weight, 10)), apart = recorded(() => add(other, 1));
  step();
  apart();
  const optimizer = new Sgd(new Map([["weight", weight]]), { lr: 1 });
  backward(sum(weight));
  optimizer.step();
  assertThrows(
    step,
    TypeError,
    "Cannot replay the recorded step: an optimizer that was made after it",
  );
  assertEquals(await apart().item(), 6);
  step.dispose();
  assertEquals([...await step().read()], [0, 10]); // recorded anew
  for (const it of [step, apart, optimizer]) it.dispose();
});

Deno.test("a step that two optimizers share runs while each finds the parameters where it left them", async () => {
  using _ = scope();
  const weight = tensor([8], { requiresGrad: true }), parameters = new Map([["weight", weight]]);
  const [first, second] = [new Sgd(parameters, { lr: 1 }), new Sgd(parameters, { lr: 2 })];
  const alone = recorded(() => {
    backward(sum(weight));
    first.step(); // takes them back from the second, where a replay would look for them
  });
  assertThrows(alone, TypeError, "Cannot record the step: an optimizer in it moves parameters");
  const both = recorded(() => {
    for (const optimizer of [first, second]) {
      backward(sum(weight));
      optimizer.step();
    }
  });
  weight.write([8]);
  weight.grad = undefined;
  backward(sum(weight));
  second.step(); // the second has them when the step begins, and when it ends
  for (let call = 0; call < 2; call++) both();
  assertEquals(await weight.item(), 8 - 2 - 2 * 3);
  for (const it of [both, first, second]) it.dispose();
});

Deno.test("a step that is refused because it moves parameters leaves them where and as they were", async () => {
  using _ = scope();
  const weight = tensor([8], { requiresGrad: true }), parameters = new Map([["weight", weight]]);
  const [first, second] = [new Sgd(parameters, { lr: 100 }), new Sgd(parameters, { lr: 1 })];
  const trained = async () => {
    backward(sum(weight));
    second.step();
    return await weight.item();
  };
  assertEquals(await trained(), 7);
  const step = recorded(() => {
    backward(sum(weight));
    first.step();
  });
  for (let call = 0; call < 2; call++) {
    assertThrows(step, TypeError, "an optimizer in it moves parameters");
    assertEquals(await weight.item(), 7 - call);
    assertEquals(await trained(), 6 - call);
  }
  await assertUsable();
});

Deno.test("an optimizer is not made inside of a recorded step, and the parameters stay", async () => {
  using _ = scope();
  const weight = tensor([1, 2], { requiresGrad: true });
  for (const Optimizer of [Sgd, Adam]) {
    const step = recorded(() => void new Optimizer(new Map([["weight", weight]]), { lr: 1 }));
    assertThrows(step, TypeError, "Cannot make an optimizer inside a recorded step");
  }
  assertEquals([...await weight.read()], [1, 2]);
  await assertUsable();
});

Deno.test("recorded() gives tensors in maps and sets, and leaves alone those that it did not make", async () => {
  using _ = scope();
  const x = tensor([1, 2]);
  const step = recorded(() => new Map([["made", new Set([mul(x, 2)])], ["given", new Set([x])]]));
  step();
  x.write([3, 4]);
  const [made] = step().get("made")!;
  assertEquals([...await made.read()], [6, 8]);
  step.dispose();
  assertEquals([made.disposed, x.disposed], [true, false]);
});

Deno.test("what a disposed step made cannot be used, whoever holds it", () => {
  using _ = scope();
  const x = tensor([1, 2]);
  let kept: Tensor;
  const step = recorded(() => {
    kept = unscoped(() => mul(x, 3));
    return mul(x, 2);
  });
  const view = reshape(step(), [2, 1]);
  step.dispose();
  const message = "the recorded step that made it was disposed, and its memory with it";
  for (const t of [view, kept!]) assertThrows(() => add(t, 1), TypeError, message);
});

Deno.test("a replay is refused once another step, whose tensors it uses, was disposed", async () => {
  using _ = scope();
  const x = tensor([1, 2]);
  const first = recorded(() => mul(x, 2)), second = recorded(() => add(first0, 1));
  const first0 = first();
  x.write([10, 20]);
  first();
  assertEquals([...await second().read()], [21, 41]);
  first.dispose();
  assertThrows(second, TypeError, "another one, whose tensors it uses, was disposed");
  second.dispose();
});

Deno.test("a step that failed leaves nothing behind, and can be called again", async () => {
  using _ = scope();
  const x = tensor([1, 2], { requiresGrad: true });
  let fails = true;
  const step = recorded(() => {
    const y = mul(x, 2);
    if (fails) throw new Error("stop");
    return sum(y);
  });
  assertThrows(step, Error, "stop");
  fails = false;
  assertEquals([await step().item(), await step().item()], [6, 6]);
  step.dispose();
  await assertUsable();
});

const weight = () => tensor([5], { requiresGrad: true });
const sgdOf = (w: Tensor) => new Sgd(new Map([["w", w]]), { lr: 0.5 });

Deno.test("a recorded backward() refuses a gradient from outside, which replays would add again", async () => {
  using _ = scope();
  const w = weight(), optimizer = sgdOf(w);
  backward(sum(w));
  const step = recorded(() => {
    backward(sum(w));
    optimizer.step();
  });
  assertThrows(
    step,
    TypeError,
    "Cannot record backward(): the tensor [1] has a grad from outside of the recorded step",
  );
  assertEquals(await w.grad!.item(), 1);
  optimizer.step();
  for (let call = 0; call < 3; call++) step();
  assertEquals(await w.item(), 5 - 4 * 0.5);
  for (const it of [step, optimizer]) it.dispose();
});

Deno.test("recorded() refuses a gradient that stays where a replay would leave none", async () => {
  using _ = scope();
  const w = weight(), optimizer = sgdOf(w);
  const step = recorded(() => {
    backward(sum(mul(w, 3)));
    return w.grad;
  });
  for (let call = 0; call < 2; call++) {
    assertThrows(step, TypeError, "backward() in it leaves a grad at the tensor [1] from outside");
    assertEquals(w.grad, undefined);
  }
  const apart = recorded(() => {
    backward(sum(mul(w, w)));
    const { grad } = w;
    w.grad = undefined;
    return grad!;
  });
  for (const value of [5, 7]) {
    w.write([value]);
    assertEquals(await apart().item(), 2 * value);
  }
  for (const it of [apart, optimizer]) it.dispose();
  await assertUsable();
});

Deno.test("a recorded step that failed after backward() leaves no gradient", () => {
  using _ = scope();
  const w = weight(), optimizer = sgdOf(w);
  let fails = true;
  const step = recorded(() => {
    backward(sum(w));
    if (fails) throw new Error("stop");
    optimizer.step();
  });
  assertThrows(step, Error, "stop");
  assertEquals(w.grad, undefined);
  fails = false;
  step();
  for (const it of [step, optimizer]) it.dispose();
});

Deno.test("a recorded step may leave gradients at tensors that it made", async () => {
  using _ = scope();
  const x = tensor([2]);
  const step = recorded(() => {
    const w = weight();
    backward(sum(mul(w, x)));
    return w.grad!;
  });
  for (const value of [2, 3]) {
    x.write([value]);
    assertEquals(await step().item(), value);
  }
  step.dispose();
});
