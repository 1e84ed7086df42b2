/** The device: submits, errors, memory. */
import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import { advance } from "../../src/gpu/advance.ts";
import { DeviceLost, RunError } from "../../src/base/errors.ts";
import { gpu, openGpu } from "../../src/gpu/device.ts";
import { Kernel } from "../../src/gpu/kernel.ts";
import { SubmitBudget } from "../../src/gpu/submit_budget.ts";
import { launch } from "../../src/ops/launch.ts";
import { add, cast, full, gather, matmul } from "../../src/ops/mod.ts";
import { recorded } from "../../src/tensor/recorded.ts";
import { scope } from "../../src/tensor/scope.ts";
import { empty } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";

const kernelText = (line: string) =>
  `// Writes one number everywhere.
struct Params {
  size: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;

@compute @workgroup_size(1)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  for (var i = 0u; i < N; i++) { // unroll
    y[id.x] = f32(i);
  }
  ${line}
}
`;

function run(name: string, line: string) {
  const y = empty([3]);
  launch(new Kernel(name, kernelText(line)), {
    constants: { N: 3 },
    params: { size: 3 },
    tensors: { y },
    groups: [3],
  });
  return y;
}

Deno.test("openGpu() gives the one device of the process", async () => {
  using same = await openGpu();
  assertStrictEquals(same, gpu());
});

Deno.test("openGpu() finds out which backend answers", () => {
  assertNotEquals(gpu().adapter.backend, "unknown");
});

Deno.test("openGpu() closes the device with its last user, and refuses other options", async () => {
  const helper = async () => {
    using own = await openGpu();
    return await add(tensor([1]), 1).item() + (own.closed ? 1 : 0);
  };
  using _ = scope();
  assertEquals(await Promise.all([helper(), helper()]), [2, 2]);
  (await openGpu()).close();
  assertEquals([gpu().closed, await helper()], [false, 2]);
  await assertRejects(
    () => openGpu({ tiles: { ...gpu().tiles, operands: "other" as "texture" } }),
    TypeError,
    "Cannot open the GPU with these tiles: it is open with others",
  );
  await assertRejects(
    () => openGpu({ adapter: "nowhere" as "software" }),
    TypeError,
    "Cannot open the GPU with adapter nowhere: it is open with ",
  );
  await assertRejects(
    () => openGpu({ gpu: { requestAdapter: () => {} } as unknown as GPU }),
    TypeError,
    "Cannot open the GPU with this `gpu`: it is open with another; close() it first",
  );
  assertEquals(gpu().closed, false);
});

Deno.test("a tile whose subgroups this adapter lacks is refused", () => {
  const own = gpu().tiles, lanes = gpu().adapter.subgroupSize + 1;
  const tile = { ...own.matmul, lanes, share: "subgroup" } as const;
  using _ = scope();
  try {
    gpu().tiles = { ...own, matmul: tile, tuned: undefined };
    const why =
      `Cannot use the tile of matmul on this adapter: it shares within subgroups of ${lanes} lanes`;
    assertThrows(() => matmul(tensor([[1]]), tensor([[2]])), TypeError, why);
  } finally {
    gpu().tiles = own;
  }
});

Deno.test("dispatch() refuses more workgroups than the adapter takes, before anything is encoded", async () => {
  using _ = scope();
  const y = empty([3]), most = gpu().device.limits.maxComputeWorkgroupsPerDimension;
  const wide = new Kernel("wide", kernelText(""));
  for (const groups of [[most + 1], [1, NaN], [1, 1, -1]] as [number, number?, number?][]) {
    assertThrows(
      () => launch(wide, { constants: { N: 3 }, params: { size: 3 }, tensors: { y }, groups }),
      RangeError,
      `this adapter takes at most ${most} along an axis`,
    );
  }
  assertEquals([...await run("narrow", "").read()], [2, 2, 2]);
});

Deno.test("read() names file, line and column of a WGSL error, behind unrolled loops too", async () => {
  using _ = scope();
  try {
    await assertRejects(
      () => run("broken", "y[id.x] = params.sise;").read(),
      RunError,
      "kernels/broken.wgsl:14:",
    );
    assertThrows(() => gpu().throwIfFailed(), RunError, "broken.wgsl"); // it stays failed
    await assertRejects(() => full([1], 1).read(), RunError, "broken.wgsl");
  } finally {
    await new Promise((resolve) => setTimeout(resolve, 20)); // WebGPU reports the unusable pipeline, later
    gpu().takeFailure();
  }
  assertEquals([...await run("whole", "y[id.x] = 2.0;").read()], [2, 2, 2]);
});

Deno.test("read() names the shared file of kernels where a WGSL error is in that", async () => {
  using _ = scope();
  const text = kernelText("").replace("\n", "\n// uses numbers.wgsl\n");
  try {
    const y = empty([3]);
    launch(new Kernel("uneven", text), {
      constants: { N: 3, Element: "i32" },
      params: { size: 3 },
      tensors: { y },
      groups: [3],
    });
    await assertRejects(() => y.read(), RunError, "kernels/numbers.wgsl:");
  } finally {
    await new Promise((resolve) => setTimeout(resolve, 20));
    gpu().takeFailure();
  }
  assertEquals([...await run("whole", "y[id.x] = 2.0;").read()], [2, 2, 2]);
});

Deno.test("dispatch() refuses a buffer that is not given and a field that is not filled", () => {
  using _ = scope();
  const kernel = new Kernel("whole", kernelText("y[id.x] = 2.0;"));
  const constants = { N: 3 };
  assertThrows(
    () => launch(kernel, { constants, params: { size: 3 }, tensors: {} }),
    TypeError,
    "whole: no buffer given for y",
  );
  assertThrows(
    () => launch(kernel, { constants, params: {}, tensors: { y: empty([3]) } }),
    TypeError,
    "whole: no value for params.size",
  );
});

Deno.test("dispatches gather in one submit", async () => {
  using _ = scope();
  const { encoder } = gpu(), { budget } = encoder;
  using _budget = { [Symbol.dispose]: () => void (encoder.budget = budget) };
  encoder.budget = new SubmitBudget(1e9); // commands count, whatever the time
  let x = full([3], 0);
  await x.read();
  const { dispatches, submits } = { ...gpu().counts };
  for (let i = 0; i < 20; i++) x = add(x, x);
  assertEquals(gpu().counts.submits, submits);
  await x.read();
  assertEquals(gpu().counts.submits, submits + 1);
  assertEquals(gpu().counts.dispatches, dispatches + 20);
});

Deno.test("write() takes its place among the dispatches", async () => {
  using _ = scope();
  const x = tensor([1, 2]);
  const before = add(x, 0);
  x.write([3, 4]);
  const after = add(x, 0);
  assertEquals([...await before.read(), ...await after.read()], [1, 2, 3, 4]);
});

Deno.test("allocate() refuses what the adapter cannot bind at once", () => {
  const limit = gpu().adapter.limits.maxStorageBufferBindingSize;
  assertThrows(() => gpu().allocate(limit + 4), RangeError, `binds at most ${limit}`);
});

Deno.test("the pool hands a freed buffer out again, and trim() destroys free ones", () => {
  gpu().pool.trim();
  const before = gpu().pool.liveBytes;
  const first = gpu().allocate(100_000);
  const { buffer } = first;
  const bytes = gpu().pool.liveBytes;
  assert(bytes >= before + 100_000);
  first.release();
  const second = gpu().allocate(99_000);
  assertStrictEquals(second.buffer, buffer);
  second.release();
  assertEquals(gpu().pool.liveBytes, bytes);
  gpu().pool.trim();
  assertEquals(gpu().pool.liveBytes, before);
});

Deno.test("read() refuses what came after a submit that was dropped and reported as done", async () => {
  using _ = scope();
  const { queue } = gpu().device, x = tensor([1, 2]);
  const submit = queue.submit.bind(queue);
  // Other work is dropped; the copies of the read itself are, which then finds zeros.
  for (const dropped of [1, 2]) {
    let submits = 0;
    queue.submit = (buffers) => ++submits === dropped ? undefined : submit(buffers);
    const y = add(x, 1);
    gpu().flush();
    await assertRejects(() => add(y, 1).read(), DeviceLost, "submits left out, though reported");
    queue.submit = submit;
    assert(gpu().lost);
    gpu().takeFailure();
    assertEquals([...await add(x, 1).read()], [2, 3]);
  }
});

Deno.test("submits are cut by the work in them, within what a step dispatches too, and give the same", async () => {
  using _ = scope();
  const { encoder } = gpu(), { budget } = encoder;
  using _budget = { [Symbol.dispose]: () => void (encoder.budget = budget) };
  encoder.budget = new SubmitBudget(1e9); // costs count, whatever the time
  const submitsOf = async (flops: number) => {
    const counter = tensor([0], { dtype: "i32" });
    await counter.read();
    const { submits } = gpu().counts;
    const step = recorded(() => {
      for (let i = 0; i < 8; i++) {
        launch(advance, {
          constants: { LIMITED: false },
          params: { by: [1], size: 1, limit: 0, kind: 0 },
          tensors: { counter, fault: undefined },
          groups: [1],
          cost: { flops },
        });
      }
    });
    step();
    assertEquals([...await counter.read()], [8]);
    step.dispose();
    return gpu().counts.submits - submits;
  };
  const most = () => encoder.budget.operations; // a slow read has it measured anew
  assertEquals(await submitsOf(0), 1);
  assertEquals(await submitsOf(0.3 * most()), 3); // three each, but for what a dispatch costs without work
  assertEquals(await submitsOf(100 * most()), 8); // a dispatch cannot be cut; the read goes with the last
});

Deno.test("read() loses no fault, and tells each once, however many readbacks are under way", async () => {
  using _ = scope();
  const row = (number: number) => gather(full([2, 1], 5), cast(tensor([number]), "i32"));
  const [wrong, other] = [row(7), row(1)];
  const outcomes = await Promise.allSettled([other.read(), wrong.read(), row(1).read()]);
  const [fault, ...more] = outcomes.filter((it) => it.status === "rejected");
  assertEquals([more.length, fault.reason.name], [0, "RangeError"]);
  assert(fault.reason.message.startsWith("Cannot gather rows: the number of row 0 is 7"));
  assertEquals([...await other.read()], [5]);
  row(9);
  await assertRejects(() => other.read(), RangeError, "the number of row 0 is 9");
  assertEquals([...await other.read()], [5]);
});
