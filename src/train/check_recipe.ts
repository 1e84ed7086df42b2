/** What makes a recipe one that can be trained. */
import { checkChoice, described, onlyOptions } from "../base/choice.ts";
import { LOSSES, settingsOf } from "../losses/table.ts";
import { checkOneCycle } from "../optim/one_cycle.ts";
import { checkSetting } from "../tensor/setting.ts";
import type { XavierOptions } from "../model/init.ts";
import { checkRange } from "../optim/optimizer.ts";
import { type CentersRecipe, hasOwnSgd, type SgdRecipe } from "../optim/recipe.ts";
import { checkNesterov, type SgdOptions } from "../optim/sgd.ts";
import type { Change, Recipe } from "./recipe.ts";

const LAST_BATCHES = ["drop", "keep", "keep-full-divisor"];
const FIELDS = [
  ...["network", "init", "featureDim", "widthFactor", "blocks", "loss", "optimizer"] as const,
  ...["cycle", "epochs", "centers", "batchSize", "lastBatch", "stepsPerEpoch"] as const,
  ...["normalization", "augmentation", "seed"] as const,
] as const;
type FullInit = XavierOptions & { kind: string };
const OF_LENETPP = [
  ...["kind", "activation", "featureBias", "featureActivation", "outputBias"] as const,
  "lastPool",
] as const;
const OF_SGD = ["kind", "lr", "momentum", "weightDecay", "nesterov", "biases"] as const;
const OF_OWN_SGD = ["lr", "momentum", "weightDecay", "scheduled", "perWeight"] as const;
const OF_CENTERS = ["init", ...OF_OWN_SGD] as const;
/** Fields that are objects, and those of them that may be missing. */
const OBJECTS = ["loss", "optimizer"] as const;
const OPTIONAL = ["init", "centers", "cycle", "normalization", "augmentation"] as const;

const isObject = (value: unknown) => typeof value === "object" && value !== null;

/**
 * Refuses fields of a loss, an optimizer and centers that they do not have, and an SGD of the centers that lacks a number.
 * Kinds are checked by what makes them.
 *
 * @throws {TypeError} The field is named, as in the others.
 * @throws {RangeError} For a number of an optimizer that is out of its range.
 */
export function checkParts({ loss, optimizer, centers }: Change = {}): void {
  if (isObject(loss) && Object.hasOwn(LOSSES, loss!.kind)) {
    const known: string[] = ["kind", ...Object.keys(settingsOf(loss!.kind))];
    onlyOptions<Record<string, unknown>, string[]>("train", { ...loss }, known, "recipe.loss");
  }
  if (optimizer?.kind !== "adam" && optimizer?.biases) {
    const known = ["lrFactor", "weightDecay"] as const;
    onlyOptions("train", optimizer.biases, known, "recipe.optimizer.biases");
  }
  if (optimizer?.kind === "adam") {
    onlyOptions("train", optimizer, ["kind", "lr"], "recipe.optimizer");
    checkRange("recipe.optimizer.lr", optimizer.lr, 0);
  } else onlyOptions("train", optimizer, OF_SGD, "recipe.optimizer");
  if (optimizer && (optimizer.kind ?? "sgd") === "sgd") checkSgdRecipe(optimizer as SgdRecipe);
  onlyOptions("train", centers as CentersRecipe | undefined, OF_CENTERS, "recipe.centers");
  if (isObject(centers?.init)) {
    onlyOptions("train", centers!.init as { uniform: number }, ["uniform"], "recipe.centers.init");
  }
  if (!centers || !hasOwnSgd(centers)) return;
  const missing = OF_OWN_SGD.filter((field) => centers[field] === undefined);
  if (missing.length > 0) {
    throw new TypeError(
      `Cannot train: recipe.centers has no ${
        missing.join(", ")
      }; beside init it must have all of ` +
        `${OF_OWN_SGD.join(", ")}, or none of them`,
    );
  }
  checkNumbers("recipe.centers", centers);
  for (const field of ["scheduled", "perWeight"] as const) {
    if (typeof centers[field] === "boolean") continue;
    throw new TypeError(
      `Cannot train: recipe.centers.${field} is ${
        described(centers[field])
      }; it must be true or false`,
    );
  }
}

type Numbers = Required<Omit<SgdOptions, "nesterov">>;

/** Refuses numbers of an SGD by the names that a recipe has for them, before an optimizer calls each of them its lr. */
function checkNumbers(part: string, { lr, momentum, weightDecay }: Numbers): void {
  checkRange(`${part}.lr`, lr, 0);
  checkRange(`${part}.momentum`, momentum, 0, 1);
  checkRange(`${part}.weightDecay`, weightDecay, 0);
}

function checkSgdRecipe(optimizer: SgdRecipe): void {
  checkNumbers("recipe.optimizer", optimizer);
  const { biases, momentum, nesterov = false } = optimizer;
  checkNesterov("recipe.optimizer.nesterov", nesterov, momentum);
  if (!biases) return;
  checkRange("recipe.optimizer.biases.lrFactor", biases.lrFactor, 0);
  checkRange("recipe.optimizer.biases.weightDecay", biases.weightDecay, 0);
}

/**
 * Refuses a recipe with a field of another type, or a word that means nothing: what reads it would fail elsewhere, or train
 * something else. Numbers, and what networks, initializers, losses and optimizers are made by, are checked by these.
 *
 * @throws {TypeError} For a field that is no object.
 * @throws {RangeError} For an unknown word. The field is named.
 */
export function checkRecipe(recipe: Recipe): void {
  const refuse = (field: string, value: unknown) =>
    new TypeError(`Cannot train: ${field} is ${described(value)}, and it must be an object`);
  if (!isObject(recipe)) throw refuse("the recipe", recipe);
  onlyOptions("train", recipe, FIELDS, "recipe");
  for (const field of OBJECTS) {
    if (!isObject(recipe[field])) throw refuse(`recipe.${field}`, recipe[field]);
  }
  for (const field of OPTIONAL) {
    if (recipe[field] !== undefined && !isObject(recipe[field])) {
      throw refuse(`recipe.${field}`, recipe[field]);
    }
  }
  checkParts(recipe);
  const { network, init, normalization } = recipe;
  if (typeof network === "object") onlyOptions("train", network, OF_LENETPP, "recipe.network");
  onlyOptions("train", init as FullInit | undefined, ["kind", "magnitude", "fan"], "recipe.init");
  onlyOptions("train", normalization, ["mean", "deviation"], "recipe.normalization");
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
