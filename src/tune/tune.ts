/** The tuner: the fastest of a short list of tiles, for each kernel and shape. */
import { candidatesFor, sameTile } from "./candidates.ts";
import { gpu } from "../gpu/device.ts";
import type { Tile, Tiled } from "../gpu/tiles/tiles.ts";
import { misfit } from "../gpu/tiles/misfit.ts";
import { wallClock } from "./timing.ts";
import { trialOf } from "./trial.ts";
import { type Tuned, tuneOne } from "./tune_one.ts";
import type { Use } from "./use.ts";

/** Options of {@linkcode tune}. */
export interface TuneOptions {
  /** No shape is begun, and no candidate tried, after so many milliseconds. */
  budgetMs: number;
  /** Told of each shape as it is done. */
  onTuned?: (tuned: Tuned) => void | Promise<void>;
  /** Asked between candidates whether the user wants to stop; what was found until then is given. */
  stop?: { readonly requested: boolean };
  /** What is tried; default: the list for the open adapter. */
  candidates?: Record<Tiled, readonly Tile[]>;
}

/**
 * Finds tiles for kernels and shapes, in the order given, until the budget is spent. Each candidate's result is compared
 * with that of the kernel's default tile, and that one with the CPU's, before anything is timed.
 *
 * @returns Those it came to.
 * @throws {RunError} When a kernel's default tile gives a wrong result.
 */
export async function tune(
  uses: readonly Use[],
  { budgetMs, onTuned, stop, candidates = candidatesFor(gpu().adapter) }: TuneOptions,
): Promise<Tuned[]> {
  const { adapter, tiles } = gpu();
  const end = performance.now() + budgetMs;
  const over = () => performance.now() >= end || stop?.requested === true;
  const found: Tuned[] = [];
  for (const use of uses) {
    if (over()) break;
    const own = tiles[use.kernel];
    const fitting = candidates[use.kernel].filter((tile) =>
      !misfit(tile, adapter) && !sameTile(tile, own)
    );
    const trial = trialOf(use);
    try {
      const contest = { candidates: fitting, time: wallClock, over };
      const tuned = await tuneOne(use, own, trial, contest);
      if (!tuned) break;
      found.push(tuned);
      await onTuned?.(tuned);
    } finally {
      trial.dispose();
    }
  }
  return found;
}
