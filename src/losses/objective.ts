/** What a row trains: a loss by name with its settings, made ready. */
import { checkChoice, described } from "../base/choice.ts";
import { rangeWords, within } from "../base/range.ts";
import type { Objective } from "./loss.ts";
import { LOSSES, lossOf, type LossRecipe, settingsOf } from "./table.ts";

export type { LossInputs, Objective } from "./loss.ts";
export type { LossKind, LossRecipe } from "./table.ts";

/**
 * The loss of a recipe.
 *
 * @param classes How many the set has, where that is known.
 * @throws {TypeError} For a field that is missing, or of another type than it must.
 * @throws {RangeError} For an unknown kind, rule or form, a weight that is no number, an `alpha` that is not positive, or tied
 * classes that are not there.
 */
export function objectiveOf(recipe: LossRecipe, classes = Infinity): Objective {
  checkChoice("train", "loss.kind", recipe?.kind, Object.keys(LOSSES));
  const act = `train the loss "${recipe.kind}"`;
  for (const [field, setting] of Object.entries(settingsOf(recipe.kind))) {
    const value = (recipe as unknown as Record<string, unknown>)[field];
    if ("words" in setting) checkChoice(act, field, value, setting.words);
    if ("check" in setting) setting.check(value, `Cannot ${act}: ${field}`);
  }
  const objective = lossOf(recipe.kind).objective(recipe, classes);
  for (const [field, setting] of Object.entries(settingsOf(recipe.kind))) {
    if (!("range" in setting) || setting.weight) continue;
    const value = (recipe as unknown as Record<string, unknown>)[field];
    if (value === undefined && setting.optional || within(value as number, setting.range)) continue;
    throw new RangeError(
      `Cannot ${act}: ${field} is ${described(value)}; it must be ${rangeWords(setting.range)}`,
    );
  }
  const wrong = objective.weights.findIndex((weight) => !Number.isFinite(weight));
  if (wrong >= 0) {
    throw new RangeError(
      `Cannot ${act}: the weight of ${objective.terms[wrong]} is ${
        objective.weights[wrong]
      }; it must be a finite number`,
    );
  }
  return objective;
}
