/** Classes for images that have no labels. */
import type { UnlabelledImages } from "../../data/formats/csv.ts";
import { readUnlabelled } from "../../data/own/unlabelled.ts";
import type { ImageSet } from "../../src/dataset/image_set.ts";
import { objectiveOf } from "../../src/losses/objective.ts";
import type { Trainer } from "../../src/train/trainer.ts";
import { csvOf } from "../../src/base/csv.ts";
import type { Plan } from "../plan/plan.ts";
import { classMeans } from "../run_folder/opened/class_centers.ts";
import { predictionsOf } from "../run_folder/opened/predictions.ts";
import type { RunFolder } from "../run_folder/run_folder.ts";

/**
 * The images of the file or folder that a run classifies at its end; undefined where none was named.
 *
 * @throws {RunError} When the file is broken, or its images are of another size than the run's.
 */
export async function imagesToPredict(
  path: string | undefined,
  { height, width, channels }: ImageSet,
): Promise<UnlabelledImages | undefined> {
  return path === undefined ? undefined : await readUnlabelled([path], { height, width, channels });
}

/**
 * Writes `predictions.csv`. Its first column holds the file's own ids, or is ImageId, counted from 1. Its second one, Label,
 * names the class by the run's own rule.
 */
export async function writePredictions(
  folder: RunFolder,
  { network, centers }: Trainer,
  plan: Plan,
  images: UnlabelledImages,
  classNames: readonly string[],
): Promise<void> {
  const learned = objectiveOf(plan.recipe.loss).centers !== "none";
  const own = learned
    ? { shape: centers.shape, data: await centers.read() }
    : await classMeans(folder, plan, plan.epochs);
  const trained = { network, plan, classNames, ...(own && { centers: own }) };
  const { name, values } = images.ids ?? { name: "ImageId", values: undefined };
  const lines = (await predictionsOf(trained, images)).map((
    it,
    i,
  ) => [values?.[i] ?? i + 1, it.class]);
  await folder.write("predictions.csv", csvOf([name, "Label"], lines));
}
