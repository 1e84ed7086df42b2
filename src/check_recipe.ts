/** What makes a recipe one that can be trained. */
import { CENTER_RULES } from "./losses/center_loss.ts";
import { SEPARATION_FORMS } from "./losses/inter_class_separation.ts";
import type { Recipe } from "./recipe.ts";
import { described } from "./tensor/nested.ts";

/** What is written as an object, and what may be left out. */
const OBJECTS = ["loss", "optimizer"] as const;
const OPTIONAL = ["init", "centers", "normalization", "augmentation"] as const;

/** Words, and those that there are; all of them may be left out where they do not belong. */
const WORDS = {
  lastBatch: ["drop", "keep", "keep-full-divisor"],
  "init.kind": ["kaiming-normal", "torch-default", "xavier-uniform"],
  "centers.init": ["normal", "as-weights"],
  "loss.rule": CENTER_RULES,
  "loss.form": SEPARATION_FORMS,
} as const;

/** Words that their object cannot be without. */
const NEEDED = ["init.kind", "centers.init"];

/**
 * Refuses a recipe with a field of another type, or a word that means nothing: what reads it would fail elsewhere, or train
 * something else. Numbers and the kinds of networks, losses and optimizers are checked by what takes them.
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
  for (const [path, words] of Object.entries(WORDS)) {
    const [field, inner] = path.split(".") as [keyof Recipe, string?];
    const holder = recipe[field] as Record<string, unknown> | string | undefined;
    if (holder === undefined) continue;
    const word = inner === undefined ? holder : (holder as Record<string, unknown>)[inner];
    if (word === undefined && !NEEDED.includes(path)) continue;
    if ((words as readonly unknown[]).includes(word)) continue;
    throw new RangeError(
      `Cannot train: recipe.${path} is ${described(word)}; it must be one of ${words.join(", ")}`,
    );
  }
}
