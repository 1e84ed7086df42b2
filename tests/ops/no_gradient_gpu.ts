/** Ops that keep something for their backward pass keep nothing where no gradient is asked for. */
import { assertEquals } from "@std/assert";
import { gpu } from "../../src/gpu/device.ts";
import * as ops from "../../src/ops/mod.ts";
import { noGrad } from "../../src/tensor/tape.ts";
import { scope } from "../../src/tensor/scope.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";

/** What an op is given besides `x` [2, 6, 6, 4], made once. */
const cases: Record<string, () => (x: Tensor) => Tensor> = {
  "batchNorm() in training": () => norm(true),
  "batchNorm() in evaluation": () => norm(false),
  "conv2d() with a PReLU": () => {
    const [weight, prelu] = [learned([3, 3, 4, 3]), learned([1])];
    return (x) => ops.conv2d(x, weight, undefined, { padding: 1, prelu });
  },
  "dropout()": () => {
    const draws = tensor([0], { dtype: "i32" });
    return (x) => ops.dropout(x, { p: 0.5, seed: 1, draws });
  },
  "layerNorm()": () => (x) => ops.layerNorm(x),
  "layerNorm(), scaled and shifted": () => {
    const [weight, bias] = [learned([4]), learned([4])];
    return (x) => ops.layerNorm(x, { weight, bias });
  },
  "add() of a number": () => (x) => ops.add(x, 1),
  "greater() than a number": () => (x) => ops.greater(0, x),
  "where() of numbers": () => (x) => ops.where(x, 1, -1),
  "linear()": () => {
    const x = learned([3, 4]), [weight, bias] = [learned([4, 5]), learned([5])];
    return () => ops.linear(x, weight, bias);
  },
  "logSumExp()": () => (x) => ops.logSumExp(x),
  "max()": () => (x) => ops.max(x, { axes: -1 }),
  "max() over axes that lie apart": () => (x) => ops.max(x, { axes: [0, 2] }),
  "matmul() by one matrix for all": () => {
    const weight = learned([4, 5]);
    return (x) => ops.matmul(x, weight);
  },
  "normalize()": () => (x) => ops.normalize(x),
  "maxPool2d()": () => (x) => ops.maxPool2d(x),
};

function learned(shape: number[]): Tensor {
  const t = ops.ones(shape);
  t.requiresGrad = true;
  return t;
}

function norm(training: boolean) {
  const [weight, bias, runningMean, runningVar] = [1, 2, 3, 4].map(() => ops.ones([4]));
  weight.requiresGrad = bias.requiresGrad = true;
  const state = { weight, bias, runningMean, runningVar };
  return (x: Tensor) => ops.batchNorm(x, state, { training });
}

for (const [name, make] of Object.entries(cases)) {
  Deno.test(`${name} keeps nothing where no gradient is asked for`, () => {
    using _ = scope();
    const x = learned([2, 6, 6, 4]), f = make();
    // Buffers of the kernels' parameters stay: they are there after the first time.
    const bytes = [1, 2].map(() => {
      noGrad(() => f(x)).dispose();
      gpu().pool.trim();
      return gpu().pool.liveBytes;
    });
    assertEquals(bytes[1], bytes[0]);
  });
}
