/** Numbers of one type as numbers of another. */
import { assertEquals, assertThrows } from "@std/assert";
import { backward, cast, mul, sum } from "../../src/ops/mod.ts";
import type { DType } from "../../src/tensor/dtype.ts";
import { scope } from "../../src/tensor/scope.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { integers } from "../on_gpu.ts";
import { castToF32, castToI32 } from "../../src/reference/cast.ts";

Deno.test("cast() to i32 drops the fraction, and bounds what lies outside", async () => {
  using _ = scope();
  const values = [
    ...[0, -0, 0.5, -0.5, 1, -1, 2.7, -2.7, 16777217, -16777215, 2 ** 31 - 128, -(2 ** 31)],
    ...[2 ** 31, 3e9, -3e9, 3.4e38, -3.4e38, Infinity, -Infinity, NaN, 1e-45],
  ].map(Math.fround);
  const cut = cast(tensor(values), "i32");
  assertEquals(cut.dtype, "i32");
  assertEquals([...await cut.read()], castToI32(values));
});

Deno.test("cast() to f32 is exact up to 2 ** 24", async () => {
  using _ = scope();
  const values = [0, 1, -1, 7, 2 ** 24, -(2 ** 24), 2 ** 30, -(2 ** 31)];
  const numbers = cast(integers(values), "f32");
  assertEquals(numbers.dtype, "f32");
  assertEquals([...await numbers.read()], castToF32(values));
});

Deno.test("cast() to its own type keeps the gradient, and to i32 ends it", async () => {
  using _ = scope();
  const x = tensor([1, 2], { requiresGrad: true });
  backward(sum(mul(cast(x, "f32"), 3)));
  assertEquals([...await x.grad!.read()], [3, 3]);
  assertEquals(cast(x, "i32").requiresGrad, false);
});

Deno.test("cast() takes no elements, and refuses other types", async () => {
  using _ = scope();
  assertEquals([...await cast(tensor([]), "i32").read()], []);
  assertThrows(
    () => cast(tensor([1]), "f64" as DType),
    TypeError,
    `Cannot cast f32 [1] to "f64": the types are f32, i32`,
  );
});
