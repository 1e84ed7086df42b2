/** A problem made ready to be run with one tile after the other. */
import { gpu } from "../gpu/device.ts";
import type { Tile } from "../gpu/tiles/tiles.ts";
import { recorded } from "../tensor/recorded.ts";
import { readAll, type Tensor } from "../tensor/tensor.ts";
import { tensor } from "../tensor/make_tensor.ts";
import { problemOf } from "./problem.ts";
import { wrongSample } from "./samples.ts";
import type { Runnable } from "./timing.ts";
import type { Use } from "./use.ts";

/** A kernel, compiled with a tile, that has run once. */
export interface Contender extends Runnable {
  /** What it writes, and what it wrote. */
  outputs: Tensor[];
  results: Float32Array[];
  /** Frees what it holds. */
  dispose(): void;
}

/** One kernel on one shape, for any tile. */
export interface Trial {
  inputs: Tensor[];
  /**
   * Compiles the kernel with a tile and runs it once.
   *
   * @throws {Error} When the adapter refuses it.
   */
  prepare(tile: Tile): Promise<Contender>;
  /** What is wrong with a first result beside the CPU's. */
  wrong(result: ArrayLike<number>): string | undefined;
  /** Frees the operands. */
  dispose(): void;
}

/** A trial on the open GPU, with the same operands in every run. */
export function trialOf(use: Use): Trial {
  const problem = problemOf(use);
  const inputs = problem.inputs.map(({ shape, data }) => tensor(data, { shape }));
  const prepare = async (tile: Tile): Promise<Contender> => {
    const step = recorded(() => problem.op(inputs[0], inputs[1]));
    try {
      const outputs = withTile(use, tile, step);
      const results = await readAll(outputs) as Float32Array[];
      const first = outputs[0].alias([1]);
      return {
        run: step,
        wait: async () => void await first.read(),
        outputs,
        results,
        dispose: () => {
          first.dispose();
          step.dispose();
        },
      };
    } catch (error) {
      step.dispose();
      await forgetFailure();
      throw error;
    }
  };
  return {
    inputs,
    prepare,
    wrong: (result) => wrongSample(result, problem),
    dispose: () => inputs.forEach((t) => t.dispose()),
  };
}
/** A kernel that did not compile is reported by the compiler first, and by the pass that used it afterwards. */
async function forgetFailure(): Promise<void> {
  gpu().flush();
  await gpu().device.queue.onSubmittedWorkDone();
  gpu().takeFailure();
}

/** Runs a step with this tile for one kernel, whatever the shape. */
function withTile<T>({ kernel }: Use, tile: Tile, step: () => T): T {
  const device = gpu(), own = device.tiles;
  device.tiles = { ...own, [kernel]: tile, tuned: undefined };
  try {
    return step();
  } finally {
    device.tiles = own;
  }
}
