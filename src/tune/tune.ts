/** The tuner: the fastest of a short list of tiles, for each kernel and shape. */
import { candidatesFor } from "./candidates.ts";
import { gpu } from "../gpu/device.ts";
import type { Tile, Tiled } from "../gpu/tiles/tiles.ts";
import { misfit } from "./misfit.ts";
import { type Timer, wallClock } from "./timing.ts";
import { type Trial, trialOf } from "./trial.ts";
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
  /** How runs are timed. */
  time?: Timer;
  /** What is run. */
  trial?: (use: Use) => Trial;
  /** Milliseconds on a clock. */
  now?: () => number;
}

/** The candidates for the open adapter. */
export function candidatesHere(): Record<Tiled, Tile[]> {
  return candidatesFor(gpu().adapter);
}

/**
 * Finds tiles for kernels and shapes, in the order given, until the budget is spent. Each candidate's result is compared
 * with that of the kernel's own tile, and that one with the CPU's, before anything is timed.
 *
 * @returns Those it came to.
 * @throws {RunError} When a kernel's own tile gives a wrong result.
 */
export async function tune(
  uses: readonly Use[],
  candidates: Record<Tiled, readonly Tile[]>,
  options: TuneOptions,
): Promise<Tuned[]> {
  const { adapter, tiles } = gpu();
  const { budgetMs, onTuned, stop, time = wallClock, trial = trialOf } = options;
  const now = options.now ?? (() => performance.now());
  const end = now() + budgetMs, over = () => now() >= end || stop?.requested === true;
  const found: Tuned[] = [];
  for (const use of uses) {
    if (over()) break;
    const own = tiles[use.kernel];
    const fitting = candidates[use.kernel].filter((tile) =>
      !misfit(tile, adapter) && !sameTile(tile, own)
    );
    const current = trial(use);
    try {
      const tuned = await tuneOne(use, own, current, { candidates: fitting, time, over });
      if (!tuned) break;
      found.push(tuned);
      await onTuned?.(tuned);
    } finally {
      current.dispose();
    }
  }
  return found;
}

function sameTile(a: Tile, b: Tile): boolean {
  return (Object.keys({ ...a, ...b }) as (keyof Tile)[]).every((key) => a[key] === b[key]);
}
