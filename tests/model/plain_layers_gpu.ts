/** Layers without parameters: what they make, and when. */
import { assertEquals, assertThrows } from "@std/assert";
import { Dropout, Flatten, MaxPool } from "../../src/model/plain_layers.ts";
import { parametersOf } from "../../src/model/layer.ts";
import { Sequential } from "../../src/model/layers.ts";
import { ones } from "../../src/ops/mod.ts";
import { recorded } from "../../src/tensor/recorded.ts";
import { scope } from "../../src/tensor/scope.ts";
import { readAll } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { dropoutMask } from "../../src/reference/dropout.ts";

Deno.test("Flatten makes a row of each sample", async () => {
  using _ = scope();
  const x = tensor([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]);
  const y = new Flatten().forward(x);
  assertEquals(y.shape, [2, 4]);
  assertEquals([...await y.read()], [1, 2, 3, 4, 5, 6, 7, 8]);
  assertEquals(new Flatten().forward(ones([3])).shape, [3, 1]);
  assertThrows(() => new Flatten().forward(ones([])), TypeError, "Cannot flatten []");
});

Deno.test("MaxPool pools as its options say", async () => {
  using _ = scope();
  const x = tensor([1, 2, 3, 4, 5, 6, 7, 8, 9], { shape: [1, 3, 3, 1] });
  const [two, three] = [new MaxPool(), new MaxPool({ kernel: 2, stride: 1 })];
  const read = await readAll([two.forward(x), three.forward(x)]);
  assertEquals(read.map((y) => [...y]), [[5], [5, 6, 8, 9]]);
});

Deno.test("Dropout drops in training alone, another mask each time", async () => {
  using _ = scope();
  const options = { p: 0.25, seed: 11 };
  const layer = new Dropout(options);
  const net = new Sequential(layer);
  const x = ones([3, 35]);
  assertEquals(net.forward(x, { training: false }), x);
  for (const draws of [0, 1]) {
    const y = await net.forward(x, { training: true }).read();
    assertEquals([...y], [...dropoutMask(x.shape, { ...options, draws }).data.map(Math.fround)]);
  }
  const step = recorded(() => net.forward(x));
  for (const draws of [2, 3]) {
    const expected = dropoutMask(x.shape, { ...options, draws }).data.map(Math.fround);
    assertEquals([...await step().read()], [...expected]);
  }
  step.dispose();
  assertEquals(parametersOf(net).size, 0);
});

Deno.test("Dropout refuses what is no probability, and no seed", () => {
  for (const p of [-1, 1, NaN]) {
    assertThrows(() => new Dropout({ p, seed: 1 }), RangeError, `with probability ${p}`);
  }
  assertThrows(() => new Dropout({ p: 0.5, seed: -1 }), RangeError, "with seed -1");
});
