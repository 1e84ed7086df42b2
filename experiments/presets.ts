/** Presets: the row as published, the same recipe made small, and a few steps to see that it runs. */
import type { Experiment } from "./experiment.ts";

/** Names of the presets. */
export const PRESETS = ["paper", "quick", "smoke"] as const;

/** A preset's name. */
export type Preset = typeof PRESETS[number];

/** A row with everything decided: what `config.json` keeps. */
export interface Plan extends Experiment {
  preset: Preset;
}

/**
 * The row under a preset.
 *
 * - `paper`: as published.
 * - `quick`: width 0.5, batch 16, the first 10,000 training and 2,000 test images, 4 epochs, a tenth of the rate in the
 *   last one: about 2,000 steps are needed before 2-D clusters part.
 * - `smoke`: a few steps on a sliver of a network.
 */
export function planOf(row: Experiment, preset: Preset): Plan {
  // A row of our own is quick already.
  if (preset === "paper" || (preset === "quick" && row.source === undefined)) {
    return { ...row, preset };
  }
  const quick = preset === "quick";
  return {
    ...row,
    preset,
    recipe: { ...row.recipe, widthFactor: quick ? 0.5 : 0.25, batchSize: quick ? 16 : 8 },
    epochs: quick ? 4 : 2,
    trainSize: quick ? 10_000 : 40,
    testSize: quick ? 2_000 : 20,
    lastEpochFactor: quick ? 0.1 : row.lastEpochFactor,
  };
}
