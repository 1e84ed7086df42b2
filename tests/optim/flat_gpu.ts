/** Parameters side by side. */
import { assertEquals } from "@std/assert";
import { gpu } from "../../src/gpu/device.ts";
import { full } from "../../src/ops/mod.ts";
import { collect } from "../../src/optim/collect.ts";
import { FlatParameters } from "../../src/optim/flat.ts";
import { Sgd } from "../../src/optim/sgd.ts";
import { scope } from "../../src/tensor/scope.ts";
import { readAll, type Tensor } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";

const parametersOf = (sizes: Record<string, number>) =>
  new Map(
    Object.entries(sizes).map(([name, size], i) => {
      const values = Array.from({ length: size }, (_, at) => 100 * i + at);
      return [name, tensor(values, { requiresGrad: true })];
    }),
  );

const valuesOf = async (tensors: Iterable<Tensor>) =>
  (await readAll([...tensors])).map((values) => [...values]);

Deno.test("FlatParameters keeps values, and gives a run for each stretch that has gradients", async () => {
  using _ = scope();
  const parameters = parametersOf({ a: 3, b: 65, c: 1, d: 2 });
  const before = await valuesOf(parameters.values());
  const flat = new FlatParameters(parameters, 1);
  assertEquals(await valuesOf(parameters.values()), before);
  for (const name of ["a", "b", "d"]) {
    const parameter = parameters.get(name)!;
    parameter.grad = tensor(Array(parameter.size).fill(7));
  }
  const sizes: number[] = [];
  for (const { size, grad } of flat.runs()) {
    sizes.push(size);
    const [values] = await valuesOf([grad]);
    assertEquals(values.filter((v) => v !== 0).length, sizes.length === 1 ? 68 : 2);
  }
  assertEquals(sizes, [192, 64]);
  assertEquals([...parameters.values()].map((p) => p.grad), Array(4).fill(undefined));
});

Deno.test("collect() puts arrays of any size into their places, by copies and by dispatches of seven", async () => {
  using _ = scope();
  const own = gpu().tiles, sizes = [3, 64, 4, 1, 128, 8, 2, 5, 12, 16, 20, 24, 28, 32];
  const firsts = sizes.map((_, k) => 128 * k);
  const expected = Array<number>(128 * sizes.length).fill(-1);
  sizes.forEach((size, k) => {
    for (let i = 0; i < size; i++) expected[firsts[k] + i] = 1000 * k + i;
  });
  // A NaN among gradients must stay one.
  expected[firsts[1] + 5] = NaN;
  for (const operands of ["texture", "storage"] as const) {
    gpu().tiles = { ...own, operands };
    try {
      const into = full([expected.length], -1);
      const from = sizes.map((size, k) => tensor(expected.slice(firsts[k], firsts[k] + size)));
      collect(from.map((from, k) => ({ from, first: firsts[k] })), into);
      assertEquals([...await into.read()], expected, operands);
    } finally {
      gpu().tiles = own;
    }
  }
});

Deno.test("FlatParameters takes more than one binding holds", async () => {
  using _ = scope();
  const parameters = parametersOf({ a: 64, b: 64, c: 200, d: 1 });
  const before = await valuesOf(parameters.values());
  const flat = new FlatParameters(parameters, 2, 256);
  for (const p of parameters.values()) p.grad = tensor(Array(p.size).fill(1));
  const sizes = [...flat.runs()].map(({ size }) => size);
  assertEquals(sizes, [128, 256, 64]);
  assertEquals(await valuesOf(parameters.values()), before);
  assertEquals([...flat.state(1)].map(([name, t]) => [name, t.size]), [
    ["a", 64],
    ["b", 64],
    ["c", 200],
    ["d", 1],
  ]);
});

Deno.test("Sgd updates all parameters in one dispatch", () => {
  using _ = scope();
  const parameters = parametersOf({ a: 3, b: 65, c: 1 });
  const optimizer = new Sgd(parameters, { lr: 0.1 });
  for (const p of parameters.values()) p.grad = tensor(Array(p.size).fill(1));
  const { dispatches } = gpu().counts;
  optimizer.step();
  assertEquals(gpu().counts.dispatches - dispatches, 1);
});

Deno.test("two optimizers can take turns with the same parameters", async () => {
  using _ = scope();
  const parameters = parametersOf({ a: 3, b: 5 });
  const optimizers = [1, 2].map((lr) => new Sgd(parameters, { lr }));
  const before = await valuesOf(parameters.values());
  for (const optimizer of [...optimizers, optimizers[0]]) {
    for (const p of parameters.values()) p.grad = tensor(Array(p.size).fill(1));
    optimizer.step();
  }
  assertEquals(
    await valuesOf(parameters.values()),
    before.map((values) => values.map((v) => v - 4)),
  );
});
