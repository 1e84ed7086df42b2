/** Tensors: making, reading, writing. */
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import type { MemorySource } from "../../src/gpu/pool.ts";
import { Storage } from "../../src/gpu/storage.ts";
import { add, backward, full, reshape, sum, zeros } from "../../src/ops/mod.ts";
import type { DType } from "../../src/tensor/dtype.ts";
import { scope } from "../../src/tensor/scope.ts";
import { readAll, Tensor } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";

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

Deno.test("tensor() keeps every i32, and read() gives it back whole", async () => {
  using _ = scope();
  const values = [-1, 2 ** 24 + 1, 2 ** 31 - 1, -(2 ** 31), -0];
  const x = tensor(values, { dtype: "i32" });
  assertEquals(await x.read(), Int32Array.from(values));
  x.write(values.toReversed());
  assertEquals(await x.read(), Int32Array.from(values.toReversed()));
  assertEquals(await tensor([2 ** 24 + 1], { dtype: "i32" }).item(), 2 ** 24 + 1);
});

Deno.test("tensor() and write() refuse numbers that the type does not hold", () => {
  using _ = scope();
  const i32 = "i32 holds whole numbers from -2147483648 to 2147483647";
  const wrong: [number, DType, string][] = [
    ...[1.5, NaN, Infinity, 3e9, 2 ** 31, -(2 ** 31) - 1].map((value): [number, DType, string] => [
      value,
      "i32",
      i32,
    ]),
    [1e300, "f32", "f32 holds numbers up to 3.4e38"],
    [-3.5e38, "f32", "f32 holds numbers up to 3.4e38"],
  ];
  for (const [value, dtype, holds] of wrong) {
    const message = `value 1 is ${value}; ${holds}`;
    const x = tensor([1, 2], { dtype });
    assertThrows(() => tensor([1, value], { dtype }), RangeError, `tensor [2]: ${message}`);
    assertThrows(
      () => tensor(Float64Array.of(1, value), { dtype }),
      RangeError,
      `tensor [2]: ${message}`,
    );
    assertThrows(() => x.write([1, value]), RangeError, `Cannot write into [2]: ${message}`);
  }
  assertThrows(() => tensor(Uint32Array.of(2 ** 31), { dtype: "i32" }), RangeError, i32);
});

Deno.test("tensor() keeps infinities and NaN as f32", async () => {
  using _ = scope();
  const values = [Infinity, -Infinity, NaN];
  assertEquals([...await tensor(values).read()], values);
});

Deno.test("tensor() refuses what is no number", () => {
  using _ = scope();
  const give = "give numbers, in nested arrays or in one flat array with a shape";
  // deno-lint-ignore no-explicit-any
  const wrong: [any, string][] = [
    [[Float32Array.of(1, 2), Float32Array.of(3, 4)], `element [0] is a Float32Array; ${give}`],
    [[1, "2"], `element [1] is "2"; ${give}`],
    [[[1, 2], [3, undefined]], `element [1, 1] is undefined; ${give}`],
    [[true], `element [0] is true; ${give}`],
    [BigInt64Array.of(1n), "value 0 is the bigint 1; give numbers"],
    ["12", `of "12": give a number, nested arrays of numbers, or a typed array`],
    [undefined, "of undefined: give a number"],
    [null, "of null: give a number"],
    [{ x: 1 }, "of an Object: give a number"],
  ];
  for (const [values, message] of wrong) assertThrows(() => tensor(values), TypeError, message);
  const x = tensor([1]);
  assertThrows(() => x.write(["1"] as unknown as number[]), TypeError, `value 0 is "1"`);
});

Deno.test("shapes are lists of whole numbers from 0, and fit the adapter", () => {
  using _ = scope();
  for (const shape of [[-1, -2], [1.5, 2], [NaN], [Infinity], [2 ** 32]]) {
    const axis = shape.findIndex((n) => n !== 2);
    const message = `[${shape.join(", ")}]: axis ${axis} is ${shape[axis]} long`;
    assertThrows(() => zeros(shape), TypeError, `Cannot make a tensor ${message}`);
    assertThrows(() => tensor([1, 2], { shape }), TypeError, `Cannot make a tensor ${message}`);
    assertThrows(() => reshape(tensor([1, 2]), shape), TypeError, "Cannot reshape [2] to ");
  }
  for (const shape of [[2 ** 16, 2 ** 16], [2 ** 31, 2 ** 31, 2 ** 31]]) {
    assertThrows(() => zeros(shape), RangeError, "Cannot allocate a tensor of ");
  }
  assertThrows(() => zeros(3 as unknown as number[]), TypeError, "its shape is 3; give a list");
  assertThrows(
    () => tensor([1], { dtype: "f64" as DType }),
    TypeError,
    "Cannot make a tensor of f64: the types are f32, i32",
  );
  assertThrows(() => full([1], 1e300), RangeError, "Cannot fill a tensor: value 0 is 1e+300");
});

Deno.test("alias() begins where any adapter can bind an array, and ends within the tensor", async () => {
  using _ = scope();
  const x = tensor(Float32Array.from({ length: 100 }, (_, i) => i));
  const part = x.alias([2, 2], 64);
  assertEquals([...await sum(part, { axes: 1 }).read()], [64 + 65, 66 + 67]);
  for (const first of [1, 63, -64, 64.5, NaN]) {
    assertThrows(
      () => x.alias([2], first),
      RangeError,
      `Cannot look at [100] from element ${first} on as [2]: a view begins at a multiple of 64 elements`,
    );
  }
  assertThrows(
    () => x.alias([37], 64),
    TypeError,
    "Cannot look at [100] from element 64 on as [37]: that is 37 elements, and 36 are there",
  );
});

Deno.test("String() of a tensor and console.log() say what is known of it", () => {
  using _ = scope();
  const x = tensor([[1, 2, 3]], { requiresGrad: true }), labels = tensor([1], { dtype: "i32" });
  assertEquals(`${x} ${labels}`, "Tensor(f32 [1, 3], requiresGrad) Tensor(i32 [1])");
  backward(sum(x));
  assertEquals(Deno.inspect(x), "Tensor(f32 [1, 3], requiresGrad, has a grad)");
  labels.dispose();
  assertEquals(Deno.inspect([labels]), "[ Tensor(i32 [1], disposed) ]");
});

Deno.test("a tensor of a GPU that was closed is refused", () => {
  using _ = scope();
  const home = { device: {} as GPUDevice, gone: false } as MemorySource;
  const x = new Tensor([2], "f32", new Storage(8, home));
  for (const use of [() => add(x, 1), () => x.write([1, 2]), () => x.alias()]) {
    assertThrows(
      use,
      TypeError,
      "Cannot use the tensor [2]: the GPU that it was made on was closed",
    );
  }
});

Deno.test("tensor() refuses rows that differ in length and counts that do not fit", () => {
  using _ = scope();
  for (
    const ragged of [
      [[1, 2], [3]],
      [[1, 2], [3], [4, 5, 6]],
      [[[1, 2], [3, 4]], [[5, 6, 7, 8]]],
      [[1], 2, 3],
      [1, [2], 3],
      [[], [[]]],
    ]
  ) {
    assertThrows(() => tensor(ragged), TypeError, "rows differ in length");
  }
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
