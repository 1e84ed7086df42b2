/** What makes a recipe one that can be read: its parts are there. What reads a part checks what stands in it. */
import { checkChoice } from "./choice.ts";
import type { Recipe } from "./recipe.ts";
import { described } from "./tensor/nested.ts";

/** Parts that are objects, and those of them that may be left out. */
const NEEDED = ["loss", "optimizer"] as const;
const OPTIONAL = ["init", "centers", "normalization", "augmentation"] as const;

/**
 * Refuses a recipe without one of its parts, with another thing in its place, or with a word that nothing else looks at.
 *
 * @throws {TypeError} For a part that is no object. The field is named.
 * @throws {RangeError} For an unknown word.
 */
export function checkRecipe(recipe: Recipe): void {
  checkObject("the recipe", recipe);
  for (const field of NEEDED) checkObject(`recipe.${field}`, recipe[field]);
  for (const field of OPTIONAL) {
    if (recipe[field] !== undefined) checkObject(`recipe.${field}`, recipe[field]);
  }
  const { lastBatch = "drop", centers } = recipe;
  checkChoice("train", "lastBatch", lastBatch, ["drop", "keep", "keep-full-divisor"]);
  checkChoice("train", "centers.init", centers?.init ?? "normal", ["normal", "as-weights"]);
}

function checkObject(name: string, value: unknown): void {
  if (typeof value === "object" && value !== null) return;
  throw new TypeError(`Cannot train: ${name} is ${described(value)}, and it must be an object`);
}
