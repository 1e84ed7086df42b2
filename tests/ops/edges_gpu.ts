/** Values at the edges of what numbers can say: far from 0, near 1, infinities behind a mask, gradients that share a place. */
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as ops from "../../src/ops/mod.ts";
import { gpu } from "../../src/gpu/device.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { scope } from "../../src/tensor/scope.ts";
import { readAll, type Tensor } from "../../src/tensor/tensor.ts";

/** The gradient of a function's sum at some numbers. */
async function gradientAt(x: number[], of: (x: Tensor) => Tensor): Promise<number[]> {
  using _ = scope();
  const t = tensor(x, { requiresGrad: true });
  ops.backward(ops.sum(of(t)));
  return [...await t.grad!.read()];
}

const most = (values: Iterable<number>) => Math.max(...[...values].map(Math.abs));

Deno.test("layerNorm() gives 0 for rows of one number, however far from 0", async () => {
  using _ = scope();
  for (const [rows, columns, value] of [[2, 768, 100.1], [1, 8192, 1.1], [1, 3, 1000000.1]]) {
    const y = ops.layerNorm(ops.full([rows, columns], value));
    assertEquals(most(await y.read()), 0);
  }
});

Deno.test("batchNorm() in training gives 0 for channels of one number, in one part and in several", async () => {
  using _ = scope();
  for (const rows of [3, 12, 5000]) {
    for (const value of [12345.6, 1000000.1]) {
      const state = {
        weight: ops.ones([4]),
        bias: ops.zeros([4]),
        runningMean: ops.zeros([4]),
        runningVar: ops.ones([4]),
      };
      const y = ops.batchNorm(ops.full([rows, 4], value), state, { training: true });
      assert(most(await y.read()) < 0.05, `${rows} rows of ${value}`);
    }
  }
});

Deno.test("tanh() and sigmoid() have exact gradients where their values are all but 1", async () => {
  const x = [5, 8, -8, 15], slope = (e: number) => e / (1 + e) ** 2;
  const ofTanh = await gradientAt(x, ops.tanh), ofSigmoid = await gradientAt(x, ops.sigmoid);
  x.forEach((v, i) => {
    assertAlmostEquals(ofTanh[i] / (4 * slope(Math.exp(-2 * Math.abs(v)))), 1, 1e-5);
    assertAlmostEquals(ofSigmoid[i] / slope(Math.exp(-Math.abs(v))), 1, 1e-5);
  });
});

Deno.test("pow() of bases near 1 is exact with large exponents, and so are its gradients", async () => {
  using _ = scope();
  const bases = Float32Array.of(0.999, 0.9999, 1.0001), exponents = [1000, 10000, 100000];
  const x = tensor(bases, { requiresGrad: true }), e = tensor(exponents, { requiresGrad: true });
  const y = ops.pow(x, e);
  ops.backward(ops.sum(y));
  const [values, ofBases, ofExponents] = await readAll([y, x.grad!, e.grad!]);
  bases.forEach((base, i) => {
    const n = exponents[i], power = base ** n;
    assertAlmostEquals(values[i] / power, 1, 3e-6);
    assertAlmostEquals(ofBases[i] / (n * power / base), 1, 3e-6);
    assertAlmostEquals(ofExponents[i] / (power * Math.log(base)), 1, 3e-6);
  });
});

const masks: Record<string, (x: Tensor) => Tensor> = {
  "sqrt(relu())": (x) => ops.sqrt(ops.relu(x)),
  "sqrt(clamp())": (x) => ops.sqrt(ops.clamp(x, { min: 0 })),
  "sqrt(maximum())": (x) => ops.sqrt(ops.maximum(x, 0)),
  "sqrt(minimum()), negated": (x) => ops.sqrt(ops.neg(ops.minimum(ops.neg(x), 0))),
};
for (const [name, of] of Object.entries(masks)) {
  Deno.test(`${name} has a gradient of 0 behind the mask, not infinity times 0`, async () => {
    assertEquals(await gradientAt([4, -4, -1], of), [0.25, 0, 0]);
    assertEquals((await gradientAt([NaN], of)).map(Number.isNaN), [true]);
  });
}

Deno.test("prelu() has no infinite gradient of the slope where it is not used", async () => {
  using _ = scope();
  const slope = tensor([0.25], { requiresGrad: true }), x = tensor([[1], [-1]]);
  ops.backward(ops.sum(ops.mul(ops.prelu(x, slope), tensor([[Infinity], [1]]))));
  assertEquals([...await slope.grad!.read()], [-1]);
});

Deno.test("prelu() and conv2d() of no channels have gradients", async () => {
  using _ = scope();
  const slope = ops.ones([0]), weight = ops.ones([1, 1, 4, 0]);
  slope.requiresGrad = weight.requiresGrad = true;
  ops.backward(ops.sum(ops.prelu(ops.ones([2, 0]), slope)));
  ops.backward(ops.sum(ops.conv2d(ops.ones([1, 2, 2, 4]), weight, undefined, { prelu: slope })));
  assertEquals([(await slope.grad!.read()).length, weight.grad!.shape], [0, [1, 1, 4, 0]]);
});

Deno.test("sum() of long axes with many outputs is as exact as with few", async () => {
  using _ = scope();
  for (const [shape, axes] of [[[2100, 4096], 1], [[1024, 8192], 0]] as const) {
    const means = await ops.mean(ops.full(shape, 100.1), { axes }).read();
    assert(most([...means].map((m) => m / Math.fround(100.1) - 1)) < 2e-6);
  }
});

Deno.test("logSumExp() has gradients that sum to 1, also of large numbers", async () => {
  for (const value of [1, 1e4, 1e8]) {
    const grads = await gradientAt([value, value], (x) => ops.logSumExp(x));
    for (const g of grads) assertAlmostEquals(g, 0.5, 1e-6);
  }
});

Deno.test("log() keeps its digits near 1", async () => {
  const x = [0.7, 0.75, 0.9, 0.999, 0.9999996, 1, 1.0000001, 1.001, 1.1, 1.3999, 1.4].map(
    Math.fround,
  );
  const y = await ops.log(tensor(x)).read();
  x.forEach((v, i) => {
    const error = Math.abs(y[i] - Math.log(v));
    assert(error <= 3e-7 * Math.abs(Math.log(v)), `log(${v}) is ${y[i]}`);
  });
});

Deno.test("backward() gives each tensor a gradient in a place of its own", async () => {
  using _ = scope();
  const [a, b] = [1, 2].map((v) => tensor([v, v], { requiresGrad: true }));
  ops.backward(ops.sum(ops.add(a, ops.reshape(b, [2]))));
  a.grad!.write([9, 9]);
  assertEquals([...await b.grad!.read()], [1, 1]);
});

Deno.test("backward() that an op refuses midway keeps nothing of it", () => {
  // The first time leaves blocks of parameters, which all dispatches share.
  for (const again of [false, true]) {
    using _ = scope();
    const leaf = ops.ones([1, 2, 2, 4]), weight = ops.ones([1, 1, 4, 4]);
    leaf.requiresGrad = true;
    const loss = ops.sum(ops.conv2d(ops.mul(leaf, 2), weight, undefined, { stride: 256 }));
    const before = gpu().pool.liveBytes;
    assertThrows(() => ops.backward(loss), RangeError, "workgroups");
    if (again) assert(gpu().pool.liveBytes <= before);
    assertEquals(leaf.grad, undefined);
  }
});

Deno.test("conv2d() of a very wide image is right to its end", async () => {
  using _ = scope();
  const x = ops.ones([1, 1, 262400, 32]), weight = ops.ones([3, 3, 32, 32]);
  const y = await ops.conv2d(x, weight, undefined, { padding: 1 }).read();
  assertEquals(y.subarray(-99 * 32).every((v, i) => v === (i < 98 * 32 ? 96 : 64)), true);
});

Deno.test("stack() and conv2d() of no channels let go of what they made", () => {
  const make = () => {
    const x = ops.ones([100, 100]), stacked = ops.stack([x, x]);
    const [image, weight, bias] = [ops.ones([1, 9, 9, 0]), ops.ones([1, 1, 0, 4]), ops.ones([4])];
    const y = ops.conv2d(image, weight, bias);
    for (const t of [x, stacked, image, weight, bias, y]) t.dispose();
    return gpu().pool.liveBytes;
  };
  const before = make(); // the pool keeps what it gave out
  assertEquals(make(), before);
});

Deno.test("slice() refuses an end before the beginning along an empty axis, too", () => {
  using _ = scope();
  const x = ops.zeros([0, 3]);
  assertThrows(() => ops.slice(x, [2], [0]), RangeError, "Cannot slice [0, 3] from [2] to [0]");
});
