/** The matrix product and the convolution's three kernels, on the tuner's problems. */
import { RunError } from "../../src/base/errors.ts";
import { gpu } from "../../src/gpu/device.ts";
import { tileFor } from "../../src/gpu/tiles/tile_for.ts";
import type { Tiled } from "../../src/gpu/tiles/tiles.ts";
import { sizeOf } from "../../src/tensor/shape.ts";
import { trialOf } from "../../src/tune/trial.ts";
import { flopsOf, type Use } from "../../src/tune/use.ts";
import type { Prepared, Work } from "../work.ts";

/** A kernel on a shape as work. */
function workOf(use: Use, work: string, shape: string, bytes: number): Work {
  return { work, shape, flops: flopsOf(use), bytes, prepare: () => prepared(work, use) };
}

/** The kernel with its tile, and a sample of its first result compared with the CPU's. */
async function prepared(what: string, use: Use): Promise<Prepared> {
  const trial = trialOf(use);
  const contender = await trial.prepare(tileFor(gpu(), use.kernel, use.shape));
  const wrong = trial.wrong(contender.results[0]);
  if (wrong) throw new RunError(`Cannot time ${what}: its ${wrong}`);
  return {
    ...contender,
    dispose: () => {
      contender.dispose();
      trial.dispose();
    },
    tensors: { inputs: trial.inputs, result: contender.outputs[0] },
  };
}

/** The product of two matrices of `n` rows and columns. */
export function matmulWork(n: number): Work {
  const shape = `${n}x${n} by ${n}x${n}`;
  return workOf({ kernel: "matmul", shape }, "matmul", shape, 4 * 3 * n ** 2);
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
