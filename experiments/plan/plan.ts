/** Presets: the row as published, its training made short, its recipe made small, and a few steps to see that it runs. */
import type { SetName } from "../../data/sets/facts.ts";
import { UsageError } from "../../src/base/errors.ts";
import { lossOf, type LossRecipe } from "../../src/losses/table.ts";
import type { Experiment, Small } from "../rows/experiment.ts";

/** Names of the presets. */
export const PRESETS = ["paper", "fast", "quick", "small", "smoke"] as const;

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
  /** Classes that are neither trained on nor counted in the test, by their numbers in the set. */
  leaveOut?: readonly number[];
  /** How many times the training images of the last class the first one has; missing: as the set is. */
  imbalance?: number;
  /** The share of training images with a wrong label; missing: none. */
  labelNoise?: number;
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

/**
 * About a minute on a software adapter, and enough for the 2-D rows of MNIST to pass 0.8 or come near. A term over pairs keeps its
 * weight: sixteen times as much, for the push of the row's batch, came out much the same (standalone, by the nearest center: 0.798
 * and 0.800 on MNIST with seed 1, 0.492 and 0.518 on Fashion-MNIST with seed 2), and the study of the relatives is by this one.
 */
const SMALL: Small = {
  widthFactor: 0.25,
  batchSize: 8,
  epochs: 4,
  trainSize: 3_000,
  testSize: 500,
  lastEpochFactor: 1,
  schedule: { kind: "one-cycle", peak: 0.2 },
  secondStageEpochs: 1,
};
/** Its highest rate, of SGD. */
const SMALL_LR = 0.05;

const SMOKE: Small = {
  widthFactor: 0.25,
  batchSize: 8,
  epochs: 2,
  trainSize: 40,
  testSize: 20,
  secondStageEpochs: 1,
};

/** A row's training in 3 to 24 epochs: the rate goes up and down once, with every step. */
interface Fast {
  epochs: number;
  batchSize: number;
  /** The rate at the peak. */
  lr: number;
  weightDecay: number;
  /** Share of the steps before the peak. */
  peak: number;
  /** Share of the steps in which the weight of a center loss rises to the row's. Default: it is the row's from the start. */
  centerRamp?: number;
}

/** What all rows of a data set have, what those of one loss have instead, and of these the ones with features in the plane. */
type FastRows = Fast & { [Loss in LossRecipe["kind"]]?: Partial<Fast> & { plane?: Partial<Fast> } };

/** `docs/fast.md` says why, and what came out. */
const FAST: Partial<Record<SetName, FastRows>> = {
  "mnist": { epochs: 3, batchSize: 64, lr: 0.05, weightDecay: 0, peak: 0.2 },
  "fashion-mnist": {
    ...{ epochs: 5, batchSize: 64, lr: 0.05, weightDecay: 5e-4, peak: 0.2 },
    center: { centerRamp: 0.6 },
    standalone: { epochs: 10, batchSize: 32, lr: 0.0075, plane: { epochs: 24 } },
  },
  "cifar-10": {
    ...{ epochs: 12, batchSize: 64, lr: 0.1, weightDecay: 5e-4, peak: 0.2 },
    center: { centerRamp: 0.6 },
    standalone: { epochs: 24, lr: 0.02 },
  },
};

/**
 * The row under a preset.
 *
 * - `paper`: as published.
 * - `fast`: the published table's rows and their relatives with their network, loss, augmentation and all their images, in 3 to 24 epochs of one
 *   cycle of the rate.
 * - `quick`: half the width, batch 16, the first 10,000 training and 2,000 test images, 4 epochs, a tenth of the rate in the
 *   last one; or what the row says instead. A row of our own is quick already.
 * - `small`: a quarter of the width, batch 8, the first 3,000 training and 500 test images, 4 epochs of one cycle of the
 *   rate; of SGD, up to 0.05.
 * - `smoke`: a few steps on a sliver of a network, two epochs; of a row of two stages, one each.
 *
 * @throws {UsageError} For preset `fast` of another row than those of the published table and their relatives.
 */
export function planOf({ quick, ...row }: Experiment, preset: Preset): Plan {
  const plan = { ...row, preset };
  switch (preset) {
    case "paper":
      return plan;
    case "fast":
      return fast(plan);
    case "quick":
      return row.source || quick || row.file ? small(plan, { ...QUICK, ...quick }) : plan;
    case "small": {
      const { recipe } = plan, adam = recipe.optimizer.kind === "adam";
      const made = small(plan, { ...SMALL, ...(!adam && { lr: SMALL_LR }) });
      return { ...made, recipe: { ...made.recipe, loss: recipe.loss } };
    }
    case "smoke":
      return small(plan, SMOKE);
  }
}

function fast(plan: Plan): Plan {
  const { recipe, source, dataset } = plan;
  const made = lossOf(recipe.loss.kind).row;
  const rows = (source?.row !== undefined || made) && FAST[dataset as SetName];
  if (!rows) {
    throw new UsageError(
      `--preset fast does not fit ${plan.id}: it is for the rows of the published table and their relatives; try --preset quick`,
    );
  }
  const ofLoss = rows[recipe.loss.kind];
  const { epochs, batchSize, lr, weightDecay, peak, centerRamp }: Fast = {
    ...rows,
    ...ofLoss,
    ...(recipe.featureDim === 2 && ofLoss?.plane),
  };
  return {
    ...plan,
    recipe: {
      ...recipe,
      loss: atBatch(recipe.loss, recipe.batchSize, batchSize),
      optimizer: { lr, momentum: 0.9, weightDecay },
      batchSize,
    },
    schedule: { kind: "one-cycle", peak, ...(centerRamp !== undefined && { centerRamp }) },
    epochs,
  };
}

/** A term over the pairs of a batch grows with it: another batch takes another weight for the same push. */
export function atBatch(loss: LossRecipe, published: number, batchSize: number): LossRecipe {
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

/** A plan with so many epochs; the first of two stages stays as long as it is. */
export function withEpochs(plan: Plan, epochs: number): Plan {
  const { secondStage } = plan, more = epochs - plan.epochs;
  return {
    ...plan,
    epochs,
    ...(secondStage && { secondStage: { ...secondStage, epochs: secondStage.epochs + more } }),
  };
}
