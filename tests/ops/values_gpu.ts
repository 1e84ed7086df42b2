/** What the table of ops cannot say: ops without a gradient, side effects, odd values, sizes beyond one dispatch. */
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  add,
  argmax,
  argmin,
  backward,
  batchNorm,
  clamp,
  concat,
  detach,
  equalCount,
  full,
  layerNorm,
  leakyRelu,
  logSoftmax,
  logSumExp,
  matmul,
  max,
  maximum,
  maxPool2d,
  mean,
  min,
  mul,
  norm,
  oneHot,
  ones,
  prelu,
  relu,
  sigmoid,
  softmax,
  sum,
  tanh,
  where,
} from "../../src/ops/mod.ts";
import { scope } from "../../src/tensor/scope.ts";
import { readAll, type Tensor } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { download, integers, rounded, upload } from "../on_gpu.ts";
import * as twin from "../../src/reference/argmax.ts";
import { assertClose } from "../reference/assert_close.ts";
import { batchNormRunning } from "../../src/reference/batch_norm.ts";
import { equalCount as equalCountTwin } from "../../src/reference/equal_count.ts";
import { oneHot as oneHotTwin } from "../../src/reference/one_hot.ts";
import { uniform } from "../../src/reference/uniform.ts";

Deno.test("argmax() and argmin() give the first among equals", async () => {
  using _ = scope();
  const x = tensor([[1, 3, 3], [2, 2, 0], [-1, -5, -5]]);
  const [most, least] = await readAll([argmax(x), argmin(x)]);
  assertEquals([...most, ...least], [1, 0, 0, 0, 2, 1]);
});

Deno.test("argmax() and argmin() agree with their twins", async () => {
  for (const shape of [[1], [7], [67, 10], [2, 5, 3], [5, 1]]) {
    using _ = scope();
    const x = rounded(uniform(shape));
    const places = [argmax(upload(x)), argmin(upload(x))];
    assertEquals(places.map((t) => t.dtype), ["i32", "i32"]);
    assertEquals(await download(places), [twin.argmax(x), twin.argmin(x)]);
  }
});

Deno.test("equalCount() counts the places that agree", async () => {
  for (const length of [1, 7, 131]) {
    using _ = scope();
    const a = Array.from({ length }, (_, i) => i * i % 10);
    const b = a.map((value, i) => i % 3 === 0 ? value : -value);
    assertEquals(await equalCount(integers(a), integers(b)).item(), equalCountTwin(a, b));
  }
});

Deno.test("oneHot() agrees with its twin", async () => {
  using _ = scope();
  for (const [labels, classes] of [[[2], 3], [[0, 4, 4, 1], 5], [[0, 0], 1]] as const) {
    const [y] = await download([oneHot(integers(labels), classes)]);
    assertEquals(y, oneHotTwin(labels, classes));
  }
  assertEquals(oneHot(integers([0, 1, 2, 0]).alias([2, 2]), 3).shape, [2, 2, 3]);
});

Deno.test("detach() lets no gradient through, and shares its elements", async () => {
  using _ = scope();
  const x = tensor([2, 3], { requiresGrad: true });
  const constant = detach(x);
  assertEquals(constant.requiresGrad, false);
  backward(sum(mul(constant, x)));
  assertEquals([...await x.grad!.read()], [2, 3]);
  x.write([5, 7]);
  assertEquals([...await constant.read()], [5, 7]);
});

Deno.test("where() leaves no trace of what it does not take", async () => {
  using _ = scope();
  const a = tensor([1, NaN, Infinity], { requiresGrad: true });
  const b = tensor([NaN, 5, 6], { requiresGrad: true });
  const y = where(tensor([1, 0, 0]), a, b);
  backward(sum(mul(y, tensor([Infinity, 2, 3]))));
  const [values, gradA, gradB] = await readAll([y, a.grad!, b.grad!]);
  assertEquals([...values], [1, 5, 6]);
  assertEquals([...gradA], [Infinity, 0, 0]);
  assertEquals([...gradB], [0, 2, 3]);
});

Deno.test("where() takes whole numbers", async () => {
  using _ = scope();
  const y = where(tensor([1, 0]), integers([7, 8]), integers([2 ** 31 - 1, -(2 ** 31)]));
  assertEquals(y.dtype, "i32");
  assertEquals([...await y.read()], [7, -(2 ** 31)]);
});

Deno.test("max() and min() of more elements than one row takes", async () => {
  using _ = scope();
  const values = new Float32Array(64 * 4096 + 77);
  values[3] = values[64 * 4096 + 5] = 2;
  values[64 * 4096 + 9] = -1;
  const x = tensor(values, { requiresGrad: true });
  const [most, least] = [max(x), min(x)];
  backward(sum(add(most, mul(10, least))));
  const [m, l, grad] = await readAll([most, least, x.grad!]);
  assertEquals([m[0], l[0]], [2, -1]);
  assertEquals([...grad.entries()].filter(([, g]) => g !== 0), [[3, 1], [64 * 4096 + 9, 10]]);
});

Deno.test("matmul() of batches with sums longer than a thread's loops", async () => {
  using _ = scope();
  const long = 70_000;
  const y = await matmul(ones([2, 1, long]), ones([2, long, 1])).read();
  assertEquals([...y], [long, long]);
});

Deno.test("softmax(), logSumExp() and layerNorm() of rows longer than a thread's loops", async () => {
  using _ = scope();
  const long = 500_000;
  const x = tensor(Float32Array.from({ length: long }, (_, i) => i % 2));
  const [p, sums, y] = await readAll([softmax(x), logSumExp(x), layerNorm(x)]);
  const share = 2 / long / (1 + Math.E);
  for (const place of [0, long - 2]) {
    assertAlmostEquals(p[place] / share, 1, 1e-4);
    assertAlmostEquals(p[place + 1] / share, Math.E, 1e-4);
    assertAlmostEquals(y[place], -1, 1e-3);
  }
  assertAlmostEquals(sums[0], Math.log(long / 2 * (1 + Math.E)), 1e-4);
});

Deno.test("softmax() and its like at infinities", async () => {
  using _ = scope();
  const x = tensor([[-Infinity, 0, 0], [-Infinity, -Infinity, -Infinity], [Infinity, 0, 0]]);
  const [p, log, sums] = await readAll([softmax(x), logSoftmax(x), logSumExp(x)]);
  assertEquals([...p.slice(0, 3)], [0, 0.5, 0.5]);
  assertEquals(log[0], -Infinity);
  assert(p.slice(3).every(Number.isNaN), `[${p}]`); // as in PyTorch
  assertEquals([...sums.slice(1)], [-Infinity, Infinity]);
});

Deno.test("batchNorm() moves the running statistics in training", async () => {
  using _ = scope();
  const [x, mean, variance] = [
    rounded(uniform([3, 5, 7, 5])), // 105 rows: statistics in parts
    rounded(uniform([5], { seed: 2 })),
    rounded(uniform([5], { low: 0.5, seed: 3 })),
  ];
  for (const momentum of [0.1, 0.3]) {
    const state = stateOf(upload(mean), upload(variance));
    batchNorm(upload(x), state, { training: true, momentum });
    const expected = batchNormRunning(x, { mean, variance }, { momentum });
    const [runningMean, runningVar] = await download([state.runningMean, state.runningVar]);
    assertClose(runningMean, expected.mean, 1e-5, "running mean");
    assertClose(runningVar, expected.variance, 1e-5, "running variance");
  }
});

Deno.test("batchNorm() leaves the running statistics alone in evaluation", async () => {
  using _ = scope();
  const state = stateOf(full([2], 3), full([2], 5));
  batchNorm(tensor([[3, -5], [1, 2]]), state, { training: false });
  const [runningMean, runningVar] = await readAll([state.runningMean, state.runningVar]);
  assertEquals([...runningMean, ...runningVar], [3, 3, 5, 5]);
});

/** One NaN among other numbers must come out, so that a broken run stops instead of learning from zeros. */
const NAN_KEEPERS: Record<string, (x: Tensor) => Tensor> = {
  relu,
  leakyRelu,
  sigmoid,
  tanh,
  prelu: (x) => prelu(x, full([1], 0.25)),
  "maximum of the left": (x) => maximum(x, 0),
  "maximum of the right": (x) => maximum(0, x),
  max,
  min,
  "max of many": (x) => max(concat([ones([100, 1]), x])),
  norm,
  clamp: (x) => clamp(x, { min: 0, max: 1 }),
  softmax: (x) => softmax(x, { axis: 0 }),
  logSumExp: (x) => logSumExp(x, { axis: 0 }),
  layerNorm: (x) => layerNorm(x.alias([1, 4])),
  "maxPool2d, NaN first": (x) => maxPool2d(x.alias([1, 2, 2, 1])),
  "maxPool2d, NaN last": (x) => maxPool2d(x.alias([1, 2, 2, 1])),
  batchNorm: (x) =>
    batchNorm(x, stateOf(full([1], 0), full([1], 1)), { training: false, relu: true }),
  sum,
  mean,
};

for (const [name, f] of Object.entries(NAN_KEEPERS)) {
  Deno.test(`NaN comes through ${name}`, async () => {
    using _ = scope();
    const place = name.endsWith("first") ? 0 : 3;
    const values = [1, -2, 3, 4].with(place, NaN);
    const y = await f(tensor(values, { shape: [4, 1] })).read();
    assert(y.some(Number.isNaN), `[${y}] holds no NaN`);
  });
}

Deno.test("sum() of more elements than one dispatch dimension holds", async () => {
  using _ = scope();
  const size = 65_535 * 64 + 65;
  assertEquals(await sum(ones([size])).item(), size);
});

Deno.test("sum() with many results takes each in one part", async () => {
  using _ = scope();
  const y = await sum(ones([67, 1 << 14]), { axes: 0 }).read();
  assert(y.every((value) => value === 67));
});

function stateOf(runningMean: Tensor, runningVar: Tensor) {
  const { shape } = runningMean;
  return { weight: full(shape, 1), bias: full(shape, 0), runningMean, runningVar };
}
