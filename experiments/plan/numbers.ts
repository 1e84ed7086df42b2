/** Numbers of a plan that a command line changes, by the names of their flags. */
import { UsageError } from "../../src/base/errors.ts";
import type { Range } from "../../src/base/range.ts";
import type { Plan } from "./plan.ts";

/** A number of a plan: what it is, what it may be, and the plan with another one. */
export interface PlanNumber extends Range {
  readonly what: string;
  with(plan: Plan, value: number): Plan;
}

const recipe = (plan: Plan, change: Partial<Plan["recipe"]>): Plan => ({
  ...plan,
  recipe: { ...plan.recipe, ...change },
});

/** A number of the loss, for the rows whose loss has it. */
function ofLoss(
  flag: string,
  field: string,
  what: string,
  range: Range = { low: 0, high: 1e6 },
): PlanNumber {
  return {
    what,
    ...range,
    with(plan, value) {
      const { loss } = plan.recipe;
      if (field in loss) return recipe(plan, { loss: { ...loss, [field]: value } });
      throw new UsageError(`--${flag} does not fit ${plan.id}: its loss is ${loss.kind}`);
    },
  };
}

/** All of them, in the order of help. */
export const NUMBERS = {
  epochs: {
    what: "epochs to train",
    whole: true,
    low: 1,
    high: 999,
    with: (plan, epochs) => ({ ...plan, epochs }),
  },
  "batch-size": {
    what: "images a step",
    whole: true,
    low: 1,
    high: 65536,
    with: (plan, batchSize) => recipe(plan, { batchSize }),
  },
  lr: {
    what: "learning rate",
    low: 0,
    above: true,
    high: 100,
    with: (plan, lr) => recipe(plan, { optimizer: { ...plan.recipe.optimizer, lr } }),
  },
  alpha: ofLoss(
    "alpha",
    "alpha",
    "factor in the exponent of center repulsion and center softmax",
    { low: 1e-6, high: 1e3 },
  ),
  "weight-center": ofLoss("weight-center", "weight", "weight of the center loss"),
  "weight-intra": ofLoss("weight-intra", "weightIntra", "weight of the pull within classes"),
  "weight-inter": ofLoss("weight-inter", "weightInter", "weight of the push between classes"),
  "feat-dim": {
    what: "dimension of the features",
    whole: true,
    low: 1,
    high: 4096,
    with: (plan, featureDim) => recipe(plan, { featureDim }),
  },
  width: {
    what: "factor on the network's channels",
    low: 1 / 32,
    high: 16,
    with: (plan, widthFactor) => recipe(plan, { widthFactor }),
  },
  "train-size": {
    what: "training images, from the start of the set",
    whole: true,
    low: 1,
    high: 1e7,
    with: (plan, trainSize) => ({ ...plan, trainSize }),
  },
  "test-size": {
    what: "test images, from the start of the set",
    whole: true,
    low: 1,
    high: 1e7,
    with: (plan, testSize) => ({ ...plan, testSize }),
  },
  seed: {
    what: "of weights, order and augmentation",
    whole: true,
    low: 0,
    high: 2 ** 32 - 1,
    with: (plan, seed) => ({ ...plan, seed }),
  },
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
