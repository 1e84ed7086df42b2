/** Whether one's own images fit a row. */
import type { ImageSet } from "../../src/dataset/image_set.ts";
import { checkAugmentation, NO_AUGMENTATION } from "../../src/dataset/augmentation.ts";
import { UsageError } from "../../src/base/errors.ts";
import type { Plan } from "./plan.ts";
import { buildOnce } from "./training_uses.ts";

/**
 * Makes sure that a row can take one's own images; data sets fit all rows.
 *
 * @throws {UsageError} When they are too small for its network or its augmentation, or lack a class that it names.
 */
export function checkFit(plan: Plan, images: ImageSet): void {
  if (!plan.ownData) return;
  const { height, width, channels, classNames } = images;
  const classes = classNames.length;
  checkTied(plan, images.name, classes);
  try {
    buildOnce(plan.recipe, { height, width, channels, classes });
    checkAugmentation(plan.recipe.augmentation ?? NO_AUGMENTATION, images);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`${error.message}; give a larger --image-size`);
  }
}

/** Whether a step does not fit the adapter. */
export function isTooLarge(error: unknown): error is RangeError {
  return error instanceof RangeError && error.message.startsWith("Cannot allocate");
}

/** What a run says where its step does not fit the adapter: which flags make it smaller. */
export function explained(error: unknown): unknown {
  if (!isTooLarge(error)) return error;
  const advice = "a smaller --batch-size, --image-size, --width or --feat-dim";
  return new UsageError(error.message.replace(/use a smaller batch$/, `give ${advice}`), {
    cause: error,
  });
}

/**
 * Makes sure that images have the classes whose centers a row ties.
 *
 * @throws {UsageError} When they lack one.
 */
export function checkTied({ id, recipe: { loss } }: Plan, name: string, classes: number): void {
  const tied = "tied" in loss ? loss.tied ?? [] : [];
  if (tied.every((k) => k < classes)) return;
  throw new UsageError(
    `${id} ties the centers of classes ${
      tied.join(" and ")
    }, and ${name} has ${classes}: choose another row`,
  );
}
