/** Flags of `deno task exp` that change a number of the row. */
import { UsageError } from "../../src/base/errors.ts";
import type { LossRecipe } from "../../src/losses/objective.ts";
import type { Plan } from "../plan/plan.ts";

/** A flag with a number: what it is, what it may be, and what it changes. */
export interface NumberFlag {
  what: string;
  whole: boolean;
  low: number;
  high: number;
  apply(plan: Plan, value: number): Plan;
}

const recipe = (plan: Plan, change: Partial<Plan["recipe"]>): Plan => ({
  ...plan,
  recipe: { ...plan.recipe, ...change },
});

/** The weight of a term, for the rows that have it. */
function weight(
  what: string,
  kinds: readonly LossRecipe["kind"][],
  field: string,
): NumberFlag {
  return {
    what: `weight of the ${what}`,
    whole: false,
    low: 0,
    high: 1e6,
    apply(plan, value) {
      const { loss } = plan.recipe;
      if (!kinds.includes(loss.kind)) {
        const name = field.replace(/[A-Z]/, (c) => `-${c.toLowerCase()}`);
        const flag = name === "weight" ? "weight-center" : name;
        throw new UsageError(`--${flag} does not fit ${plan.id}: its loss is ${loss.kind}`);
      }
      return recipe(plan, { loss: { ...loss, [field]: value } });
    },
  };
}

/** Losses of two weighted terms. */
const SPLIT = ["standalone", "center-repulsion", "center-softmax"] as const;

/** By name, in the order of the list. */
export const NUMBERS: Record<string, NumberFlag> = {
  epochs: {
    what: "epochs to train",
    whole: true,
    low: 1,
    high: 999,
    apply: (plan, epochs) => ({ ...plan, epochs }),
  },
  "batch-size": {
    what: "images a step",
    whole: true,
    low: 1,
    high: 65536,
    apply: (plan, batchSize) => recipe(plan, { batchSize }),
  },
  lr: {
    what: "learning rate",
    whole: false,
    low: 0,
    high: 100,
    apply: (plan, lr) => recipe(plan, { optimizer: { ...plan.recipe.optimizer, lr } }),
  },
  alpha: {
    what: "factor in the exponent of center repulsion and center softmax",
    whole: false,
    low: 1e-6,
    high: 1e3,
    apply(plan, alpha) {
      const { loss } = plan.recipe;
      if (!("alpha" in loss)) {
        throw new UsageError(`--alpha does not fit ${plan.id}: its loss is ${loss.kind}`);
      }
      return recipe(plan, { loss: { ...loss, alpha } });
    },
  },
  "weight-center": weight("center loss", ["center"], "weight"),
  "weight-intra": weight("pull within classes", SPLIT, "weightIntra"),
  "weight-inter": weight("push between classes", SPLIT, "weightInter"),
  "feat-dim": {
    what: "dimension of the features",
    whole: true,
    low: 1,
    high: 4096,
    apply: (plan, featureDim) => recipe(plan, { featureDim }),
  },
  width: {
    what: "factor on the network's channels",
    whole: false,
    low: 1 / 32,
    high: 16,
    apply: (plan, widthFactor) => recipe(plan, { widthFactor }),
  },
  "train-size": {
    what: "training images, from the start of the set",
    whole: true,
    low: 1,
    high: 1e7,
    apply: (plan, trainSize) => ({ ...plan, trainSize }),
  },
  "test-size": {
    what: "test images, from the start of the set",
    whole: true,
    low: 1,
    high: 1e7,
    apply: (plan, testSize) => ({ ...plan, testSize }),
  },
  seed: {
    what: "of weights, order and augmentation",
    whole: true,
    low: 0,
    high: 2 ** 32 - 1,
    apply: (plan, seed) => ({ ...plan, seed }),
  },
};
