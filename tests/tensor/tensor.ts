/** Tensors: making, reading, writing. */
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { scope } from "../../src/tensor/scope.ts";
import { readAll, tensor } from "../../src/tensor/tensor.ts";

Deno.test("tensor() takes nested arrays, flat values and scalars", async () => {
  using _ = scope();
  const nested = tensor([[1, 2, 3], [4, 5, 6]]);
  const flat = tensor(Float64Array.of(1, 2, 3, 4), { shape: [2, 2] });
  const single = tensor(7);
  assertEquals([nested.shape, flat.shape, single.shape], [[2, 3], [2, 2], []]);
  assertEquals([...await nested.read()], [1, 2, 3, 4, 5, 6]);
  assertEquals([...await flat.read()], [1, 2, 3, 4]);
  assertEquals(await single.item(), 7);
});

Deno.test("tensor() keeps negative whole numbers as i32", async () => {
  using _ = scope();
  assertEquals([...await tensor([-1, 2 ** 24 + 2], { dtype: "i32" }).read()], [-1, 2 ** 24 + 2]);
});

Deno.test("tensor() refuses rows that differ in length and counts that do not fit", () => {
  using _ = scope();
  assertThrows(() => tensor([[1, 2], [3]]), TypeError, "rows differ in length");
  assertThrows(
    () => tensor([1, 2, 3], { shape: [2, 2] }),
    TypeError,
    "Cannot make a tensor [2, 2] of 3 values: it has 4 elements",
  );
});

Deno.test("readAll() reads tensors of any size with one wait, views and empty ones too", async () => {
  using _ = scope();
  const x = tensor([1, 2, 3, 4, 5]);
  const tensors = [tensor([9]), x, tensor([]), tensor([1, 2, 3]), x.alias([2, 1]), tensor([8])];
  const values = await readAll(tensors);
  assertEquals(values.map((v) => [...v]), [[9], [1, 2, 3, 4, 5], [], [1, 2, 3], [1, 2], [8]]);
  assertEquals(await readAll([]), []);
});

Deno.test("write() replaces the elements and refuses another number of them", async () => {
  using _ = scope();
  const x = tensor([[1, 2, 3]]);
  x.write([4, 5, 6]);
  assertEquals([...await x.read()], [4, 5, 6]);
  assertThrows(
    () => x.write([1]),
    TypeError,
    "Cannot write 1 values into [1, 3]: it has 3 elements",
  );
});

Deno.test("item() refuses more than one element", async () => {
  using _ = scope();
  const x = tensor([[1, 2]]);
  await assertRejects(() => x.item(), TypeError, "Cannot take the item of [1, 2]");
});
