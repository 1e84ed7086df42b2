/** Numbers of a plan that a command line changes, by the names of their flags. */
import { UsageError } from "../../src/base/errors.ts";
import { type Range, whole } from "../../src/base/range.ts";
import { objectiveOf } from "../../src/losses/objective.ts";
import { LOSS_NUMBERS } from "./loss_numbers.ts";
import type { Plan } from "./plan.ts";
import type { PlanNumber } from "./plan_number.ts";

export type { PlanNumber } from "./plan_number.ts";

/** A number of the plan itself. */
function ofPlan(field: "epochs" | "trainSize" | "testSize" | "seed", what: string, range: Range) {
  const set = (plan: Plan, value: number) => ({ ...plan, [field]: value });
  return { what, path: field, range, with: set };
}

/** A number of its recipe. */
function ofRecipe(field: "batchSize" | "featureDim" | "widthFactor", what: string, range: Range) {
  const recipe = (plan: Plan, value: number) => ({ ...plan.recipe, [field]: value });
  return {
    what,
    path: `recipe.${field}`,
    range,
    with: (plan: Plan, value: number) => ({ ...plan, recipe: recipe(plan, value) }),
  };
}

/** A number of its SGD, for the rows that have one. */
function ofSgd(
  flag: string,
  field: "momentum" | "weightDecay",
  what: string,
  range: Range,
): PlanNumber {
  return {
    what,
    path: `recipe.optimizer.${field}`,
    range,
    with(plan, value) {
      const { id, recipe } = plan, { optimizer } = recipe;
      if (optimizer.kind === "adam") {
        throw new UsageError(`--${flag} does not fit ${id}: its optimizer is adam`);
      }
      return { ...plan, recipe: { ...recipe, optimizer: { ...optimizer, [field]: value } } };
    },
  };
}

/** Blocks of the ResNet; 1 is what every row has, and stands nowhere. */
const BLOCKS = {
  what: "blocks a group of the ResNet, the published one has 1",
  path: "recipe.blocks",
  range: whole(1, 32),
  with(plan, blocks) {
    const { id, recipe: { blocks: _, ...recipe } } = plan;
    if (recipe.network !== "resnet") {
      throw new UsageError(`--blocks does not fit ${id}: its network is not the ResNet`);
    }
    return { ...plan, recipe: { ...recipe, ...(blocks > 1 && { blocks }) } };
  },
} satisfies PlanNumber;

/** Centers with a rate of their own; where a row moves them with its network, by SGD without momentum, as Wen et al. do. */
const LR_CENTER = {
  what: "rate of the centers, alpha of the sources; by an SGD of their own where the row has none",
  path: "recipe.centers.lr",
  range: { low: 0, high: 100 },
  with(plan, lr) {
    const { id, recipe } = plan, { loss, centers = { init: "normal" } } = recipe;
    if (objectiveOf(loss).centers !== "learned") {
      throw new UsageError(
        `--lr-center does not fit ${id}: its loss ${loss.kind} moves no centers`,
      );
    }
    const own = { momentum: 0, weightDecay: 0, scheduled: false, perWeight: false, ...centers };
    return { ...plan, recipe: { ...recipe, centers: { ...own, lr } } };
  },
} satisfies PlanNumber;

/** Of the training images; without a word of the user they are as the set has them, and it stands nowhere. */
const IMBALANCE = {
  what:
    "training images of the first class divided by those of the last; from class to class they fall by one factor",
  path: "imbalance",
  range: { low: 1, high: 1e4 },
  with: ({ imbalance: _, ...plan }, imbalance) => ({
    ...plan,
    ...(imbalance > 1 && { imbalance }),
  }),
} satisfies PlanNumber;

/** The same of their labels. */
const LABEL_NOISE = {
  what: "share of training images with a wrong label, from 0 to below 1",
  path: "labelNoise",
  range: { low: 0, high: 1, below: true },
  with: ({ labelNoise: _, ...plan }, labelNoise) => ({
    ...plan,
    ...(labelNoise > 0 && { labelNoise }),
  }),
} satisfies PlanNumber;

/** All of them, in the order of help. */
export const NUMBERS = {
  "epochs": ofPlan("epochs", "epochs to train; with --resume, more than a run has", whole(1, 999)),
  "eval-every": {
    what: "evaluate the test set after every so many epochs, and after the last",
    path: "evalEvery",
    range: whole(1, 999),
    // 1 is what every row has, and stands nowhere.
    with: ({ evalEvery: _, ...plan }, n) => ({ ...plan, ...(n > 1 && { evalEvery: n }) }),
  },
  "batch-size": ofRecipe("batchSize", "images a step", whole(1, 65536)),
  "lr": {
    what: "learning rate",
    path: "recipe.optimizer.lr",
    range: { low: 0, above: true, high: 100 },
    with: (plan, lr) => {
      const { recipe } = plan;
      return { ...plan, recipe: { ...recipe, optimizer: { ...recipe.optimizer, lr } } };
    },
  },
  "momentum": ofSgd("momentum", "momentum", "of SGD", { low: 0, high: 1, below: true }),
  "weight-decay": ofSgd("weight-decay", "weightDecay", "L2 penalty of SGD", { low: 0, high: 100 }),
  "lr-center": LR_CENTER,
  ...LOSS_NUMBERS,
  "feat-dim": ofRecipe("featureDim", "dimension of the features", whole(1, 4096)),
  "width": ofRecipe("widthFactor", "factor on the network's channels", { low: 1 / 32, high: 16 }),
  "blocks": BLOCKS,
  "train-size": ofPlan("trainSize", "training images, from the start of the set", whole(1, 1e7)),
  "test-size": ofPlan("testSize", "test images, from the start of the set", whole(1, 1e7)),
  "imbalance": IMBALANCE,
  "label-noise": LABEL_NOISE,
  "seed": ofPlan(
    "seed",
    "of weights, order, augmentation, and which images and labels are changed",
    whole(0, 2 ** 32 - 1),
  ),
} as const satisfies Record<string, PlanNumber>;

/** The name of one. */
export type NumberName = keyof typeof NUMBERS;

/** All names. */
export const NUMBER_NAMES = Object.keys(NUMBERS) as NumberName[];

/**
 * A plan with these numbers in place of its own.
 *
 * @throws {UsageError} For a number that the row does not have, and for numbers that do not go together.
 */
export function withNumbers(
  plan: Plan,
  values: Readonly<Partial<Record<NumberName, number>>>,
): Plan {
  for (const name of NUMBER_NAMES) {
    const value = values[name];
    if (value !== undefined) plan = NUMBERS[name].with(plan, value);
  }
  const { id, epochs, secondStage, ownData, trainSize, recipe: { batchSize, widthFactor } } = plan;
  if (secondStage && epochs <= secondStage.epochs) {
    throw new UsageError(
      `--epochs is ${epochs}, but the second stage of ${id} alone takes the last ${secondStage.epochs}: give more`,
    );
  }
  if (!ownData && trainSize !== undefined && batchSize > trainSize) {
    throw new UsageError(
      `--batch-size is ${batchSize}, more than the ${trainSize} training images: no batch would be full`,
    );
  }
  const broken = [32, 64, 128].find((channels) => !Number.isInteger(channels * widthFactor));
  if (broken !== undefined) {
    throw new UsageError(
      `--width is ${widthFactor}: ${broken} channels times it is no whole number; try 0.25, 0.5 or 1`,
    );
  }
  return plan;
}
