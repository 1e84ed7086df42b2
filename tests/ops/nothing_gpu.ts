/** Tensors without elements: what follows from the definition where something does, else a refusal; for gradients too. */
import { assertEquals } from "@std/assert";
import { gpu } from "../../src/gpu/device.ts";
import { GPU_TILES, MODEST_GPU_TILES } from "../../src/gpu/tiles/tiles.ts";
import * as ops from "../../src/ops/mod.ts";
import { scope } from "../../src/tensor/scope.ts";
import { readAll, type Tensor } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { integers } from "../on_gpu.ts";
import { testRefusals } from "../refusal.ts";
import { useTiles } from "./op_case.ts";

const t = (...shape: number[]) => ops.ones(shape);
const stateOf = (channels: number) => ({
  weight: t(channels),
  bias: t(channels),
  runningMean: ops.zeros([channels]),
  runningVar: t(channels),
});

/** An op on ones, the result's shape, and what all its elements are; then the same for the gradient of their sum. */
type Nothing = [
  name: string,
  f: (...inputs: Tensor[]) => Tensor,
  inputs: number[][],
  shape: number[],
  value: number,
  gradients: number[],
];

const cases: Nothing[] = [
  ["matmul() of no inner dimension", (a, b) => ops.matmul(a, b), [[2, 0], [0, 3]], [2, 3], 0, [
    0,
    0,
  ]],
  ["matmul() of no rows", (a, b) => ops.matmul(a, b), [[0, 2], [2, 3]], [0, 3], 0, [0, 0]],
  ["matmul() of no columns", (a, b) => ops.matmul(a, b), [[2, 3], [3, 0]], [2, 0], 0, [0, 0]],
  ["linear() of no inputs", ops.linear, [[2, 0], [0, 3], [3]], [2, 3], 1, [0, 0, 2]],
  [
    "conv2d() of no images",
    (x, w) => ops.conv2d(x, w),
    [[0, 8, 8, 1], [3, 3, 1, 2]],
    [0, 6, 6, 2],
    0,
    [0, 0],
  ],
  [
    "conv2d() of no images, with a bias",
    (x, w, b) => ops.conv2d(x, w, b),
    [[0, 8, 8, 1], [3, 3, 1, 2], [2]],
    [
      0,
      6,
      6,
      2,
    ],
    0,
    [0, 0, 0],
  ],
  [
    "conv2d() over no channels",
    (x, w, b) => ops.conv2d(x, w, b),
    [[1, 3, 3, 0], [2, 2, 0, 2], [2]],
    [1, 2, 2, 2],
    1,
    [
      0,
      0,
      4,
    ],
  ],
  [
    "conv2d() to no channels",
    (x, w) => ops.conv2d(x, w),
    [[1, 3, 3, 1], [2, 2, 1, 0]],
    [1, 2, 2, 0],
    0,
    [0, 0],
  ],
  [
    "conv2d() of no images, with its epilogue",
    (x, weight, residual, prelu) => ops.conv2d(x, weight, undefined, { residual, prelu }),
    [[0, 3, 3, 4], [1, 1, 4, 5], [0, 3, 3, 5], [5]],
    [0, 3, 3, 5],
    0,
    [0, 0, 0, 0],
  ],
  [
    "matmul() of no matrices",
    (a, b) => ops.matmul(a, b),
    [[0, 2, 5], [0, 5, 3]],
    [0, 2, 3],
    0,
    [0, 0],
  ],
  [
    "matmul() of batches without an inner dimension",
    (a, b) => ops.matmul(a, b),
    [[2, 3, 0], [2, 0, 5]],
    [2, 3, 5],
    0,
    [0, 0],
  ],
  ["clamp() of nothing", (x) => ops.clamp(x, { max: 0 }), [[0, 3]], [0, 3], 0, [0]],
  ["where() of nothing", (a, b) => ops.where(ops.ones([]), a, b), [[0, 3], [3]], [0, 3], 0, [0, 0]],
  ["max() that leaves nothing", (x) => ops.max(x, { axes: 1 }), [[0, 3]], [0], 0, [0]],
  ["min() that leaves nothing", (x) => ops.min(x, { axes: [0, 2] }), [[3, 0, 2]], [0], 0, [0]],
  ["softmax() of no rows", (x) => ops.softmax(x), [[0, 3]], [0, 3], 0, [0]],
  ["softmax() of empty rows", (x) => ops.softmax(x), [[2, 0]], [2, 0], 0, [0]],
  ["logSumExp() of empty rows", (x) => ops.logSumExp(x), [[2, 0]], [2], -Infinity, [0]],
  ["norm() of empty rows", (x) => ops.norm(x, { axes: 1 }), [[2, 0]], [2], 0, [0]],
  ["normalize() of no rows", (x) => ops.normalize(x), [[0, 3]], [0, 3], 0, [0]],
  [
    "layerNorm() of no rows",
    (x, weight) => ops.layerNorm(x, { weight }),
    [[0, 3], [3]],
    [0, 3],
    0,
    [0, 0],
  ],
  ["stack() of nothing", (a, b) => ops.stack([a, b]), [[0], [0]], [2, 0], 0, [0, 0]],
  [
    "dropout() of nothing",
    (x) => ops.dropout(x, { p: 0.5, seed: 1, draws: integers([0]) }),
    [[0, 3]],
    [0, 3],
    0,
    [0],
  ],
  ["sum() of nothing", (x) => ops.sum(x), [[0]], [], 0, [0]],
  ["sum() along an empty axis", (x) => ops.sum(x, { axes: 0 }), [[0, 3]], [3], 0, [0]],
  ["sum() that leaves nothing", (x) => ops.sum(x, { axes: 1 }), [[0, 3]], [0], 0, [0]],
  ["mean() that leaves nothing", (x) => ops.mean(x, { axes: 1 }), [[0, 3]], [0], 0, [0]],
  ["add() of nothing", ops.add, [[0, 3], [3]], [0, 3], 0, [0, 0]],
  ["exp() of nothing", ops.exp, [[0, 3]], [0, 3], 0, [0]],
  ["prelu() of nothing, one slope", ops.prelu, [[0, 3], [1]], [0, 3], 0, [0, 0]],
  ["prelu() of nothing, a slope each", ops.prelu, [[0, 3], [3]], [0, 3], 0, [0, 0]],
  ["maxPool2d() of no images", (x) => ops.maxPool2d(x), [[0, 4, 4, 2]], [0, 2, 2, 2], 0, [0]],
  ["globalAvgPool2d() of no images", ops.globalAvgPool2d, [[0, 4, 4, 2]], [0, 2], 0, [0]],
  ["squaredDistances() of no rows", ops.squaredDistances, [[0, 2], [3, 2]], [0, 3], 0, [0, 0]],
  ["squaredDistances() of empty rows", ops.squaredDistances, [[3, 0], [2, 0]], [3, 2], 0, [0, 0]],
  [
    "batchNorm() of no rows in evaluation",
    (x) => ops.batchNorm(x, stateOf(3), { training: false }),
    [[0, 3]],
    [0, 3],
    0,
    [0],
  ],
  [
    "batchNorm() of no channels",
    (x) => ops.batchNorm(x, stateOf(0), { training: true }),
    [[2, 0]],
    [2, 0],
    0,
    [0],
  ],
  ["gather() of no rows", (x) => ops.gather(x, integers([])), [[3, 2]], [0, 2], 0, [0]],
  ["concat() with nothing", (a, b) => ops.concat([a, b]), [[0, 2], [1, 2]], [1, 2], 1, [1, 1]],
  ["transpose() of nothing", (x) => ops.transpose(x), [[0, 2]], [2, 0], 0, [0]],
  ["slice() along another axis", (x) => ops.slice(x, [0, 1], [0, 2]), [[0, 3]], [0, 1], 0, [0]],
  ["reshape() of nothing", (x) => ops.reshape(x, [3, 0]), [[0, 2]], [3, 0], 0, [0]],
];

for (const [name, f, inputs, shape, value, gradients] of cases) {
  Deno.test(`${name} gives what its definition says, as do its gradients`, async () => {
    for (const tiles of [gpu().tiles, GPU_TILES, MODEST_GPU_TILES]) {
      using _ = scope();
      using _tiles = useTiles(tiles);
      const tensors = inputs.map((shape) => {
        const x = ops.ones(shape);
        x.requiresGrad = true;
        return x;
      });
      const y = f(...tensors);
      assertEquals(y.shape, shape);
      ops.backward(ops.sum(y));
      const [found, ...grads] = await readAll([y, ...tensors.map((x) => x.grad!)]);
      assertEquals([...found], Array(y.size).fill(value));
      grads.forEach((grad, i) =>
        assertEquals([...grad], Array(tensors[i].size).fill(gradients[i]), `gradient ${i}`)
      );
    }
  });
}

testRefusals(
  TypeError,
  {
    "Cannot take the mean of [2, 0] over axes [1]: there is nothing to divide by": () =>
      ops.mean(t(2, 0), { axes: 1 }),
    "Cannot take the mean of [1, 0, 0, 2]": () => ops.globalAvgPool2d(t(1, 0, 0, 2)),
    "Cannot normalize [0, 3]: it is [..., channels], and training takes statistics of at least two values a channel":
      () => ops.batchNorm(t(0, 3), stateOf(3), { training: true }),
    "Cannot normalize [1, 1, 1, 3]: it is [..., channels], and training takes statistics of at least two values":
      () => ops.batchNorm(t(1, 1, 1, 3), stateOf(3), { training: true }),
    "Cannot convolve [1, 3, 3, 1] with [0, 0, 1, 2]: the kernels have no pixels": () =>
      ops.conv2d(t(1, 3, 3, 1), t(0, 0, 1, 2)),
    "Cannot gather 1 rows of [0, 2]: it has none": () => ops.gather(t(0, 2), integers([0])),
  },
);

Deno.test("write() of nothing writes nothing", async () => {
  using _ = scope();
  const x = tensor([]);
  x.write([]);
  assertEquals([...await x.read()], []);
});
