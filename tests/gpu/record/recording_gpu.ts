/** Recording and replay. */
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { gpu } from "../../../src/gpu/device.ts";
import { firstRun } from "../../../src/gpu/record/first_run.ts";
import { Kernel } from "../../../src/gpu/kernel.ts";
import { softmaxCrossEntropy } from "../../../src/losses/cross_entropy.ts";
import { launch } from "../../../src/ops/launch.ts";
import { add, backward, full, linear, relu } from "../../../src/ops/mod.ts";
import { Adam } from "../../../src/optim/adam.ts";
import type { Optimizer, Parameters } from "../../../src/optim/optimizer.ts";
import { Sgd } from "../../../src/optim/sgd.ts";
import { recorded } from "../../../src/tensor/recorded.ts";
import { scope } from "../../../src/tensor/scope.ts";
import { readAll } from "../../../src/tensor/tensor.ts";
import { integers, upload } from "../../on_gpu.ts";
import { compilingBefore } from "../compiling_before.ts";
import { uniform } from "../../../src/reference/uniform.ts";

/** A network of two layers, what it trains with, and one step. */
function trainer(optimizerOf: (parameters: Parameters) => Optimizer) {
  const parameters = new Map([
    ["first.weight", upload(uniform([5, 7]), true)],
    ["first.bias", upload(uniform([7], { seed: 2 }), true)],
    ["second.weight", upload(uniform([7, 3], { seed: 3 }), true)],
  ]);
  const optimizer = optimizerOf(parameters);
  const [x, labels] = [
    upload(uniform([67, 5], { seed: 4 })),
    integers(Array(67).fill(0).with(3, 2)),
  ];
  const step = () => {
    using _ = scope();
    const [first, bias, second] = parameters.values();
    backward(softmaxCrossEntropy(linear(relu(linear(x, first, bias)), second), labels));
    optimizer.step();
  };
  const read = async () => (await readAll([...parameters.values()])).map((v) => [...v]);
  return { optimizer, step, read };
}

const OPTIMIZERS = {
  Sgd: (p: Parameters) => new Sgd(p, { lr: 0.1, momentum: 0.9 }),
  Adam: (p: Parameters) => new Adam(p, { lr: 0.1 }),
};

for (const [name, optimizerOf] of Object.entries(OPTIMIZERS)) {
  Deno.test(`replay() gives the bits of eager steps and allocates nothing, with ${name}`, async () => {
    using _ = scope();
    const [eager, replayed] = [trainer(optimizerOf), trainer(optimizerOf)];
    for (let i = 0; i < 6; i++) {
      if (i === 4) eager.optimizer.lr = 0.01;
      eager.step();
    }
    const recording = gpu().recordings.record(replayed.step);
    const { bindGroups } = gpu().counts;
    const bytes = gpu().pool.liveBytes;
    for (let i = 1; i < 6; i++) {
      if (i === 4) replayed.optimizer.lr = 0.01;
      gpu().recordings.replay(recording);
    }
    assertEquals(gpu().counts.bindGroups, bindGroups);
    assertEquals(gpu().pool.liveBytes, bytes);
    assertEquals(await replayed.read(), await eager.read());
    gpu().recordings.discard(recording);
  });
}

Deno.test("discard() gives a recording's buffers back", () => {
  using _ = scope();
  const { step } = trainer(OPTIMIZERS.Sgd);
  gpu().recordings.discard(gpu().recordings.record(step));
  const bytes = gpu().pool.liveBytes;
  for (let i = 0; i < 5; i++) gpu().recordings.discard(gpu().recordings.record(step));
  assertEquals(gpu().pool.liveBytes, bytes);
});

Deno.test("a recording's buffers are not handed to anyone else before it is discarded", async () => {
  using _ = scope();
  const { step, read } = trainer(OPTIMIZERS.Sgd);
  const other = trainer(OPTIMIZERS.Sgd);
  const recording = gpu().recordings.record(step);
  for (let i = 0; i < 3; i++) {
    other.step(); // eager work in between, of the same sizes
    full([67, 7], NaN).dispose();
    gpu().recordings.replay(recording);
  }
  other.step();
  assertEquals(await read(), await other.read());
  gpu().recordings.discard(recording);
});

Deno.test("record() refuses a recording in a recording, and gives buffers back at an error", () => {
  using _ = scope();
  assertThrows(
    () => gpu().recordings.record(() => gpu().recordings.record(() => {})),
    TypeError,
    "Cannot run a recorded step inside of another",
  );
  const failing = () => {
    using _ = scope();
    full([1000], 1);
    throw new Error("stop");
  };
  assertThrows(() => gpu().recordings.record(failing), Error, "stop");
  const bytes = gpu().pool.liveBytes;
  for (let i = 0; i < 5; i++) assertThrows(() => gpu().recordings.record(failing), Error, "stop");
  assertEquals(gpu().pool.liveBytes, bytes);
});

for (const lazy of [false, true]) {
  const when = lazy ? "as it runs" : "before it runs";
  Deno.test(`firstRun() tells of each kernel that is new, compiled ${when}, and gives the bits of a replay`, async () => {
    using _ = scope();
    const text = `struct Params { by: u32, }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> y: array<i32>;
@compute @workgroup_size(1) fn main() { y[0] += i32(params.by) * select(10, 1, TENTH); }`;
    const kernel = new Kernel(`count_${lazy}`, text), y = integers([0]);
    const recording = gpu().recordings.make(() => {
      for (const TENTH of [true, false, true]) {
        launch(kernel, { constants: { TENTH }, params: { by: 2 }, tensors: { y }, groups: [1] });
      }
    });
    assertEquals([...await y.read()], [0]); // nothing has run
    const { encoder, device: { queue } } = gpu(), told: unknown[] = [];
    for (let i = 0; i < 2; i++) {
      await firstRun(
        recording.commands,
        { encoder, queue, lazy },
        (it) => told.push(it),
        () => {},
      );
    }
    // A browser, which compiles them at the same time, names again the one that it waits for.
    const named = [...new Set(told.map((it) => JSON.stringify(it)))].map((it) => JSON.parse(it));
    assertEquals(named, [1, 2].map((number) => ({ kernel: kernel.name, number, of: 2 })));
    assertEquals([...await y.read()], [48]); // twice 2 + 20 + 2
    gpu().recordings.discard(recording);
  });
}

Deno.test("start() refuses a step that was disposed while its kernels were compiled", async () => {
  using _ = scope();
  const x = full([3], 0);
  await compilingBefore(async () => {
    const step = recorded(() => gpu().copy(add(x, 1).view, x.view)), started = step.start();
    step.dispose();
    await assertRejects(() => started, TypeError, "disposed while its kernels were compiled");
  });
  assertEquals([...await x.read()], [0, 0, 0]);
});

Deno.test("start() of a recorded step is its first call", async () => {
  using _ = scope();
  const x = upload(uniform([3])), sums = full([3], 0);
  const step = recorded(() => {
    const y = add(sums, x);
    gpu().copy(y.view, sums.view);
    return y;
  });
  const y = await step.start();
  const [once] = await readAll([y]);
  assertEquals(once, await x.read());
  assertEquals(await step().read(), once.map((v) => Math.fround(v + v)));
  step.dispose();
});
