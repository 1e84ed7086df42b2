/** What a run classifies by where it goes by the nearest center. */
import { dirname, join } from "../../../src/base/path.ts";
import { RunError } from "../../../src/base/errors.ts";
import { objectiveOf } from "../../../src/losses/objective.ts";
import type { Plan } from "../../plan/plan.ts";
import { CENTERS, readCenters } from "../features.ts";
import type { RunCheckpoint } from "../load_network.ts";

/** `[classes, dim]` */
export interface ClassCenters {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/**
 * The learned centers of a checkpoint; else the class means of its epoch, as far as the run still has them.
 *
 * @throws {RunError} When it classifies by the nearest center, and has neither.
 */
export async function classCenters(
  { path, config: { plan }, tensors, state }: RunCheckpoint,
): Promise<ClassCenters | undefined> {
  if (objectiveOf(plan.recipe.loss).centers === "none") {
    return await classMeans({ path: dirname(path) }, plan, state.epoch);
  }
  const centers = tensors.get("centers");
  if (centers || plan.scoring === "logit") return centers;
  throw new RunError(`${path} holds no centers: it is no checkpoint of a run`);
}

/**
 * The means of the training features of each class after an epoch, as a run's table has them.
 *
 * @throws {RunError} When the run classifies by them, and they are gone.
 */
export async function classMeans(
  folder: { readonly path: string },
  { recipe: { featureDim }, scoring }: Pick<Plan, "recipe" | "scoring">,
  epoch: number,
): Promise<ClassCenters | undefined> {
  const means = (await readCenters(folder)).get(epoch);
  if (means) return { shape: [means.length / featureDim, featureDim], data: means };
  if (scoring === "logit") return undefined;
  throw new RunError(
    `${meansMissing(folder.path, epoch)}: put it back, as the run classifies by them`,
  );
}

/** What is said where the means of classes are gone. */
export function meansMissing(path: string, epoch: number): string {
  return `${join(path, CENTERS)} does not have the class means of epoch ${epoch}`;
}
