/** Classes for images that have no labels. */
import type { UnlabelledImages } from "../../data/formats/csv.ts";
import { readCsv } from "../../data/sets/csv_file.ts";
import type { ImageSet } from "../../src/dataset/image_set.ts";
import { emptyLabels } from "../../src/dataset/labels.ts";
import { objectiveOf } from "../../src/losses/objective.ts";
import { outputsOf } from "../../src/train/outputs.ts";
import type { Trainer } from "../../src/train/trainer.ts";
import { byCenter, byLogit } from "../../src/train/classify_outputs.ts";
import { csvOf } from "../../src/base/csv.ts";
import type { Plan } from "../plan/plan.ts";
import type { RunFolder } from "../run_folder/run_folder.ts";

/**
 * The images of the file that a run classifies at its end; undefined where none was named.
 *
 * @throws {RunError} When the file is broken, or its images are of another size than the run's.
 */
export async function imagesToPredict(
  path: string | undefined,
  { height, width, channels }: ImageSet,
): Promise<UnlabelledImages | undefined> {
  return path === undefined ? undefined : await readCsv(path, { height, width, channels });
}

/**
 * Writes `predictions.csv`. Its first column holds the file's own ids, or is ImageId, counted from 1. Its second one, Label,
 * names the class of the largest logit, or of the nearest center where the loss trains no logits.
 */
export async function writePredictions(
  folder: RunFolder,
  { network, centers }: Trainer,
  { recipe: { loss, normalization } }: Plan,
  images: UnlabelledImages,
  classNames: readonly string[],
): Promise<void> {
  const set = {
    ...images,
    name: "unlabelled",
    split: "test",
    labels: emptyLabels(images.count, classNames.length),
    classNames: [...classNames],
  };
  const outputs = await outputsOf(network, set, normalization);
  const predicted = objectiveOf(loss).readsLogits
    ? await byLogit(outputs, classNames.length)
    : await byCenter(outputs, { shape: centers.shape, data: await centers.read() }, loss);
  const { name, values } = images.ids ?? { name: "ImageId", values: undefined };
  const lines = Array.from(predicted, (k, i) => [values?.[i] ?? i + 1, classNames[k]]);
  await folder.write("predictions.csv", csvOf([name, "Label"], lines));
}
