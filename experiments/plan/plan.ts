/** Presets: the row as published, the same recipe made small, and a few steps to see that it runs. */
import type { Experiment, Quick } from "../rows/experiment.ts";

/** Names of the presets. */
export const PRESETS = ["paper", "quick", "smoke"] as const;

/** A preset's name. */
export type Preset = typeof PRESETS[number];

/** One's own images in a plan. */
export interface OwnData {
  /** `folder:DIR` or `csv:FILE`. */
  source: string;
  /** The same for the test; else a share is held out. */
  test?: string;
  testShare: number;
  height?: number;
  width?: number;
  channels?: number;
}

/** A row with everything decided: what `config.json` keeps. */
export interface Plan extends Omit<Experiment, "quick" | "dataset"> {
  preset: Preset;
  /** A data set by its name, or what one's own images are called. */
  dataset: string;
  /** Where those are. */
  ownData?: OwnData;
}

/** The eighteen rows made small: about 2,000 steps are needed before 2-D clusters part. */
const QUICK: Quick = {
  widthFactor: 0.5,
  batchSize: 16,
  epochs: 4,
  trainSize: 10_000,
  testSize: 2_000,
  lastEpochFactor: 0.1,
};

/**
 * The row under a preset.
 *
 * - `paper`: as published.
 * - `quick`: the row's own, or width 0.5, batch 16, the first 10,000 training and 2,000 test images, 4 epochs, a tenth of
 *   the rate in the last one.
 * - `smoke`: a few steps on a sliver of a network, an epoch of each stage.
 */
export function planOf({ quick, ...row }: Experiment, preset: Preset): Plan {
  // A row of our own is quick already.
  if (preset === "paper" || (preset === "quick" && row.source === undefined && !quick)) {
    return { ...row, preset };
  }
  return preset === "quick" ? small(row, quick ?? QUICK) : {
    ...row,
    preset,
    recipe: { ...row.recipe, widthFactor: 0.25, batchSize: 8 },
    epochs: 2,
    ...(row.secondStage && { secondStage: { ...row.secondStage, epochs: 1 } }),
    trainSize: 40,
    testSize: 20,
  };
}

function small(row: Omit<Experiment, "quick">, quick: Quick): Plan {
  const { widthFactor, batchSize, lr, centersLr, schedule, secondStageEpochs, stepsPerEpoch } =
    quick;
  const { epochs, trainSize, testSize, lastEpochFactor } = quick;
  const { recipe, secondStage } = row;
  return {
    ...row,
    preset: "quick",
    recipe: {
      ...recipe,
      widthFactor,
      batchSize,
      ...(stepsPerEpoch !== undefined && { stepsPerEpoch }),
      ...(lr !== undefined && { optimizer: { ...recipe.optimizer, lr } }),
      ...(recipe.centers && centersLr !== undefined &&
        { centers: { ...recipe.centers, lr: centersLr } }),
    },
    ...(schedule && { schedule }),
    ...(secondStage && secondStageEpochs !== undefined &&
      { secondStage: { ...secondStage, epochs: secondStageEpochs } }),
    epochs,
    trainSize,
    testSize,
    lastEpochFactor,
  };
}
