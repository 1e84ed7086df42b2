/** Lifetimes. */
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { gpu } from "../../src/gpu/device.ts";
import { add, backward, mean, mul, relu, sum } from "../../src/ops/mod.ts";
import { currentScope, keep, scope, unscoped } from "../../src/tensor/scope.ts";
import { readAllOf } from "../../src/tensor/read_of.ts";
import { takeTape } from "../../src/tensor/tape.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";

Deno.test("scope() frees what a step made: 50 steps need no more memory than two", () => {
  const parameter = tensor([[1, 2], [3, 4]], { requiresGrad: true });
  const step = () => {
    using _ = scope();
    const x = mul(tensor([[0.5, 1]]), parameter);
    backward(mean(mul(relu(add(x, 1)), x)));
    parameter.grad = undefined;
  };
  step();
  step();
  const bytes = gpu().pool.liveBytes;
  for (let i = 0; i < 50; i++) step();
  assertEquals(gpu().pool.liveBytes, bytes);
  parameter.dispose();
});

Deno.test("scope() frees at an error too", () => {
  let made: Tensor | undefined;
  assertThrows(
    () => {
      using _ = scope();
      made = tensor([1]);
      throw new Error("stop");
    },
    Error,
    "stop",
  );
  assertEquals(made!.disposed, true);
});

Deno.test("scope() forgets a forward pass whose gradient nobody took", () => {
  {
    using _ = scope();
    mul(tensor([1], { requiresGrad: true }), 2);
  }
  assertEquals(takeTape(), []);
});

Deno.test("a freed tensor says how to keep it", async () => {
  let freed: Tensor;
  {
    using _ = scope();
    freed = tensor([[1, 2, 3]]);
  }
  const message =
    "Cannot use the tensor [1, 3]: it was freed, by dispose() or with its scope, where keep()";
  assertThrows(() => add(freed, 1), TypeError, message);
  assertThrows(() => freed.write([1, 2, 3]), TypeError, message);
  assertThrows(() => freed.alias(), TypeError, message);
  await assertRejects(() => freed.read(), TypeError, message);
  freed.dispose(); // twice is once
  const disposed = tensor([[1, 2, 3]]);
  disposed.dispose();
  assertThrows(() => add(disposed, 1), TypeError, message);
});

Deno.test("keep() hands a tensor to the surrounding scope, and out of the last", async () => {
  let inner: Tensor, outer: Tensor;
  {
    using _outer = scope();
    {
      using _inner = scope();
      inner = keep(tensor([1]));
      outer = keep(tensor([2]));
    }
    assertEquals(await inner.item(), 1);
    keep(outer);
  }
  assertEquals([inner.disposed, outer.disposed], [true, false]);
  assertEquals(await outer.item(), 2);
  outer.dispose();
  assertEquals(keep(outer), outer); // without a scope there is nothing to do
});

Deno.test("unscoped() frees what it made where it throws", () => {
  using own = scope();
  const made: Tensor[] = [];
  const fail = () => {
    made.push(tensor([1]), unscoped(() => tensor([2])));
    throw new Error("stop");
  };
  assertThrows(() => unscoped(fail), Error, "stop");
  assertEquals(made.map((t) => t.disposed), [true, false]);
  made[1].dispose();
  assertEquals(currentScope(), own);
});

Deno.test("unscoped() refuses an asynchronous function, which would make tensors for the open scope", () => {
  using _ = scope();
  const made: Tensor[] = [];
  const waits = async () => {
    made.push(tensor([1]));
    await Promise.reject(new Error("nobody hears it"));
  };
  const message = "Cannot run an asynchronous function without a scope";
  assertThrows(() => unscoped(waits), TypeError, message);
  assertEquals(made[0].disposed, true);
});

Deno.test("unscoped() makes tensors that no scope frees", () => {
  let made: Tensor;
  {
    using _ = scope();
    made = unscoped(() => tensor([1]));
  }
  assertEquals(made.disposed, false);
  made.dispose();
});

Deno.test("alias() keeps the memory until the last tensor on it is freed", async () => {
  using _ = scope();
  const x = tensor([1, 2, 3]);
  const view = x.alias([3, 1]);
  x.dispose();
  assertEquals(await sum(view).item(), 6);
});

Deno.test("a scope that closes while one within it is open says so, and scopes go on as they should", () => {
  const outer = scope(), kept = tensor([1]), inner = scope(), inside = tensor([2]);
  assertThrows(
    () => outer[Symbol.dispose](),
    TypeError,
    "Cannot close a scope while another one that was opened within it is open",
  );
  assertEquals([kept.disposed, inside.disposed, currentScope() === inner], [true, false, true]);
  inner[Symbol.dispose]();
  assertEquals([inside.disposed, currentScope()], [true, undefined]);
});

Deno.test("leave() closes a scope before a wait: what others make is not its own, and it frees its own at the end", () => {
  const own = scope(), mine = tensor([1]);
  own.leave();
  const other = scope(), theirs = tensor([2]);
  own[Symbol.dispose]();
  assertEquals([mine.disposed, theirs.disposed, currentScope() === other], [true, false, true]);
  other[Symbol.dispose]();
  assertEquals(theirs.disposed, true);
});

Deno.test("readAllOf() reads what it made and frees all of it, with no scope open while it waits", async () => {
  gpu().pool.trim();
  const before = gpu().pool.liveBytes;
  const reading = readAllOf(() => [add(tensor([1]), 2), tensor([5], { dtype: "i32" })]);
  assertEquals(currentScope(), undefined);
  const other = scope(), theirs = tensor([7]);
  assertEquals((await reading).map((values) => [...values]), [[3], [5]]);
  assertEquals(theirs.disposed, false);
  other[Symbol.dispose]();
  gpu().pool.trim();
  assertEquals(gpu().pool.liveBytes, before);
});
