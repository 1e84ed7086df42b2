/** A problem made ready to be run with one tile after the other. */
import { gpu } from "../gpu/device.ts";
import type { Tile } from "../gpu/tiles/tiles.ts";
import { recorded } from "../tensor/recorded.ts";
import { readAll, type Tensor } from "../tensor/tensor.ts";
import { tensor } from "../tensor/make_tensor.ts";
import { type Problem, problemOf } from "./problem.ts";
import type { Runnable } from "./timing.ts";
import type { Use } from "./use.ts";

/** A kernel, compiled with a tile, that has run once. */
export interface Contender extends Runnable {
  /** What it wrote. */
  results: Float32Array[];
  /** Frees what it holds. */
  dispose(): void;
}

/** One kernel on one shape, for any tile. */
export interface Trial {
  /**
   * Compiles the kernel with a tile and runs it once.
   *
   * @throws {Error} When the adapter refuses it.
   */
  prepare(tile: Tile): Promise<Contender>;
  /** An element of its first result, on the CPU. */
  expected: Problem["expected"];
  /** Frees the operands. */
  dispose(): void;
}

/** A trial on the open GPU, with the same operands in every run. */
export function trialOf(use: Use): Trial {
  const { inputs: operands, op, expected } = problemOf(use);
  const inputs = operands.map(({ shape, data }) => tensor(data, { shape }));
  const prepare = async (tile: Tile): Promise<Contender> => {
    const step = recorded(() => op(inputs[0], inputs[1]));
    try {
      const results = withTile(use, tile, step);
      const values = await readAll(results);
      const first = results[0].alias([1]);
      return {
        run: step,
        wait: async () => void await first.read(),
        results: values as Float32Array[],
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
  return { prepare, expected, dispose: () => inputs.forEach((t: Tensor) => t.dispose()) };
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
