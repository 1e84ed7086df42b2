/** Where the centers of a recipe start. */
import { initializerOf, normalCenters, uniformCenters } from "../model/init.ts";
import type { Random } from "../model/random.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Recipe } from "./recipe.ts";

/** What network weights are drawn by where the recipe does not say it. */
export const DEFAULT_INIT = { kind: "kaiming-normal" } as const;

/** `[classes, featureDim]`, as the recipe draws them. */
export function startingCenters(
  { centers, featureDim, init = DEFAULT_INIT }: Pick<Recipe, "centers" | "featureDim" | "init">,
  classes: number,
  random: Random,
): Tensor {
  const start = centers?.init ?? "normal";
  if (start === "normal") return normalCenters(classes, featureDim, random);
  if (start !== "as-weights") return uniformCenters(classes, featureDim, random, start.uniform);
  return initializerOf(init, random).weight([classes, featureDim], featureDim, classes);
}
