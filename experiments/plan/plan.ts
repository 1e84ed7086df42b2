/** Presets: the row as published, its training made short, its recipe made small, and a few steps to see that it runs. */
import { UsageError } from "../../src/base/errors.ts";
import type { LossRecipe } from "../../src/losses/objective.ts";
import type { SgdRecipe } from "../../src/optim/recipe.ts";
import type { DatasetName, Experiment, Small } from "../rows/experiment.ts";

/** Names of the presets. */
export const PRESETS = ["paper", "fast", "quick", "smoke"] as const;

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
  /** The checkpoint of another run whose weights it starts from. */
  from?: string;
  /** What flags changed of the row under its preset, as in `weight-center=0.1+lr=0.01`; none where they changed nothing. */
  variant?: string;
  /** What the user calls the run. */
  name?: string;
}

/** Of the published table's rows about 2,000 steps are needed before 2-D clusters part. */
const QUICK: Small = {
  widthFactor: 0.5,
  batchSize: 16,
  epochs: 4,
  trainSize: 10_000,
  testSize: 2_000,
  lastEpochFactor: 0.1,
};

const SMOKE: Small = {
  widthFactor: 0.25,
  batchSize: 8,
  epochs: 2,
  trainSize: 40,
  testSize: 20,
  secondStageEpochs: 1,
};

/** A row's training in a twentieth of its epochs: the rate goes up and down once, with every step. */
interface Fast {
  epochs: number;
  batchSize: number;
  /** With the rate at the peak. */
  optimizer: SgdRecipe;
  /** Share of the steps before the peak. */
  peak: number;
  /** Share of the steps in which the weight of a center loss rises to the row's. Default: it is the row's from the start. */
  centerRamp?: number;
}

const sgd = (lr: number, weightDecay: number): SgdRecipe => ({ lr, momentum: 0.9, weightDecay });

/** `docs/fast.md` says why, and what came out. */
const FAST: Partial<Record<DatasetName, Fast>> = {
  "mnist": { epochs: 3, batchSize: 64, optimizer: sgd(0.05, 0), peak: 0.2 },
  "fashion-mnist": {
    epochs: 5,
    batchSize: 64,
    optimizer: sgd(0.05, 5e-4),
    peak: 0.2,
    centerRamp: 0.6,
  },
  "cifar-10": { epochs: 12, batchSize: 64, optimizer: sgd(0.1, 5e-4), peak: 0.2, centerRamp: 0.6 },
};

/**
 * The row under a preset.
 *
 * - `paper`: as published.
 * - `fast`: the published table's rows with their network, loss, augmentation and all their images, in 3 to 12 epochs of one
 *   cycle of the rate.
 * - `quick`: half the width, batch 16, the first 10,000 training and 2,000 test images, 4 epochs, a tenth of the rate in the
 *   last one; or what the row says instead. A row of our own is quick already.
 * - `smoke`: a few steps on a sliver of a network, an epoch of each stage.
 *
 * @throws {UsageError} For preset `fast` of another row than those of the published table.
 */
export function planOf({ quick, ...row }: Experiment, preset: Preset): Plan {
  const plan = { ...row, preset };
  switch (preset) {
    case "paper":
      return plan;
    case "fast":
      return fast(plan);
    case "quick":
      return row.source || quick ? small(plan, { ...QUICK, ...quick }) : plan;
    case "smoke":
      return small(plan, SMOKE);
  }
}

function fast(plan: Plan): Plan {
  const { recipe, source, dataset } = plan;
  const how = source?.row !== undefined && FAST[dataset as DatasetName];
  if (!how) {
    throw new UsageError(
      `--preset fast does not fit ${plan.id}: it is for the rows of the published table; try --preset quick`,
    );
  }
  const { epochs, batchSize, optimizer, peak, centerRamp } = how;
  const loss = atBatch(recipe.loss, recipe.batchSize, batchSize);
  return {
    ...plan,
    recipe: { ...recipe, loss, optimizer, batchSize },
    schedule: {
      kind: "one-cycle",
      peak,
      ...(centerRamp !== undefined && loss.kind === "center" && { centerRamp }),
    },
    epochs,
  };
}

/** A term over the pairs of a batch grows with it: another batch takes another weight for the same push. */
function atBatch(loss: LossRecipe, published: number, batchSize: number): LossRecipe {
  return loss.kind === "standalone"
    ? { ...loss, weightInter: loss.weightInter * published / batchSize }
    : loss;
}

function small({ recipe, secondStage, ...rest }: Plan, how: Small): Plan {
  const { widthFactor, batchSize, lr, stepsPerEpoch, secondStageEpochs, ...training } = how;
  return {
    ...rest,
    ...training,
    recipe: {
      ...recipe,
      loss: atBatch(recipe.loss, recipe.batchSize, batchSize),
      widthFactor,
      batchSize,
      ...(stepsPerEpoch !== undefined && { stepsPerEpoch }),
      ...(lr !== undefined && { optimizer: { ...recipe.optimizer, lr } }),
    },
    ...(secondStage &&
      { secondStage: { ...secondStage, epochs: secondStageEpochs ?? secondStage.epochs } }),
  };
}
