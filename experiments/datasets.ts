/** The images of a plan. */
import { drawDigits } from "../data/digits.ts";
import { dataDirectory } from "../data/directory.ts";
import { type ImageSet, subset } from "../data/image_set.ts";
import { loadMnist } from "../data/mnist.ts";
import { UsageError } from "../src/errors.ts";
import type { Plan } from "./presets.ts";

const DEFAULT_DIGITS = 10_000;

/**
 * Loads or draws training and test images.
 *
 * @throws {RunError} When a file is missing or broken.
 * @throws {UsageError} When more images are asked for than there are.
 */
export async function loadImages(
  plan: Plan,
  dataDir?: string,
): Promise<{ train: ImageSet; test: ImageSet }> {
  if (plan.dataset === "digits") {
    const draw = (split: "train" | "test", count: number) =>
      drawDigits({ count, seed: plan.seed, split });
    return {
      train: draw("train", plan.trainSize ?? DEFAULT_DIGITS),
      test: draw("test", plan.testSize ?? DEFAULT_DIGITS / 5),
    };
  }
  const { path } = dataDirectory(dataDir);
  const train = first(await loadMnist(path, "train"), plan.trainSize, "train-size");
  const test = first(await loadMnist(path, "test"), plan.testSize, "test-size");
  const { batchSize } = plan.recipe;
  if (batchSize > train.count) {
    throw new UsageError(
      `--batch-size is ${batchSize}, more than the ${train.count} training images: no batch would be full`,
    );
  }
  return { train, test };
}

function first(set: ImageSet, n: number | undefined, flag: string): ImageSet {
  if (n === undefined) return set;
  if (n > set.count) {
    throw new UsageError(`--${flag} is ${n}, but ${set.name} has ${set.count} ${set.split} images`);
  }
  return subset(set, n);
}
