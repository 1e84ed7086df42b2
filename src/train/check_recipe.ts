/** What makes a recipe one that can be trained. */
import { checkChoice, described } from "../base/choice.ts";
import { checkOneCycle } from "../optim/one_cycle.ts";
import { checkSetting } from "../tensor/setting.ts";
import type { Recipe } from "./recipe.ts";

const LAST_BATCHES = ["drop", "keep", "keep-full-divisor"];
/** Fields that are objects, and those of them that may be missing. */
const OBJECTS = ["loss", "optimizer"] as const;
const OPTIONAL = ["init", "centers", "cycle", "normalization", "augmentation"] as const;

/**
 * Refuses a recipe with a field of another type, or a word that means nothing: what reads it would fail elsewhere, or train
 * something else. Numbers, and what networks, initializers, losses and optimizers are made by, are checked by these.
 *
 * @throws {TypeError} For a field that is no object.
 * @throws {RangeError} For an unknown word. The field is named.
 */
export function checkRecipe(recipe: Recipe): void {
  const isObject = (value: unknown) => typeof value === "object" && value !== null;
  const refuse = (field: string, value: unknown) =>
    new TypeError(`Cannot train: ${field} is ${described(value)}, and it must be an object`);
  if (!isObject(recipe)) throw refuse("the recipe", recipe);
  for (const field of OBJECTS) {
    if (!isObject(recipe[field])) throw refuse(`recipe.${field}`, recipe[field]);
  }
  for (const field of OPTIONAL) {
    if (recipe[field] !== undefined && !isObject(recipe[field])) {
      throw refuse(`recipe.${field}`, recipe[field]);
    }
  }
  const { lastBatch = "drop", centers, epochs = 1, featureDim } = recipe;
  const isCount = (n: number) => Number.isInteger(n) && n >= 1;
  const epochsMust = "recipe.epochs must be a whole number from 1";
  checkSetting(`Cannot train ${described(epochs)} epochs:`, epochs, epochsMust, isCount);
  const dimMust = "it must be a whole number from 1";
  checkSetting(`Cannot train features of ${featureDim} numbers:`, featureDim, dimMust, isCount);
  checkChoice("train", "recipe.lastBatch", lastBatch, LAST_BATCHES);
  if (recipe.cycle) checkOneCycle(recipe.cycle);
  if (centers && !isObject(centers.init)) {
    checkChoice("train", "recipe.centers.init", centers.init, ["normal", "as-weights"]);
  }
}
