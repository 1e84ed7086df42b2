/** The matrix product and the convolution's three kernels, on the tuner's problems. */
import type { Tiled } from "../../src/gpu/tiles/tiles.ts";
import { matmulKey } from "../../src/ops/matmul_sizes.ts";
import { sizeOf } from "../../src/tensor/shape.ts";
import { recorded } from "../../src/tensor/recorded.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { problemOf } from "../../src/tune/problem.ts";
import { flopsOf, type Use } from "../../src/tune/use.ts";
import { checkSamples, type Prepared, type Work } from "../work.ts";

/** A kernel on a shape as work. */
function workOf(use: Use, work: string, shape: string, bytes: number): Work {
  return { work, shape, flops: flopsOf(use), bytes, prepare: () => prepared(work, use) };
}

/** The kernel, recorded, and its first result compared with the CPU's. */
async function prepared(what: string, use: Use): Promise<Prepared> {
  const { inputs: operands, op, expected } = problemOf(use);
  const inputs = operands.map(({ shape, data }) => tensor(data, { shape }));
  const step = recorded(() => op(inputs[0], inputs[1])[0]);
  const result = step();
  checkSamples(what, await result.read(), expected);
  const first = result.alias([1]);
  return {
    run: step,
    wait: async () => void await first.read(),
    dispose: () => {
      for (const t of [first, ...inputs]) t.dispose();
      step.dispose();
    },
    tensors: { inputs, result },
  };
}

/** The product of two matrices of `n` rows and columns. */
export function matmulWork(n: number): Work {
  const product = { rows: n, inner: n, cols: n, transposeA: false, transposeB: false };
  const use: Use = { kernel: "matmul", shape: matmulKey(product) };
  return workOf(use, "matmul", `${n}x${n} by ${n}x${n}`, 4 * 3 * n ** 2);
}

const PASSES: [Tiled, string][] = [
  ["conv2dForward", "conv2d forward"],
  ["conv2dInputGrad", "conv2d input gradient"],
  ["conv2dWeightGrad", "conv2d weight gradient"],
];

/** Forward, input gradient and weight gradient of a convolution that keeps the images' size. */
export function convolutionWorks(
  { batch, side, channels, kernel }: Record<"batch" | "side" | "channels" | "kernel", number>,
): Work[] {
  const images = `${batch}x${side}x${side}x${channels}`, taps = `${kernel}x${kernel}`;
  const shape = `${images} ${taps} to ${channels}, stride 1, padding ${(kernel - 1) / 2}`;
  const sizes = [[batch, side, side, channels], [kernel, kernel, channels, channels]].map(sizeOf);
  return PASSES.map(([name, work]) =>
    workOf(
      { kernel: name, shape },
      work,
      `${images}, ${taps} to ${channels}`,
      4 * (2 * sizes[0] + sizes[1]),
    )
  );
}
