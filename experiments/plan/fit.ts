/** Whether images fit a row. */
import type { ImageSet } from "../../src/dataset/image_set.ts";
import { checkAugmentation, NO_AUGMENTATION } from "../../src/dataset/augmentation.ts";
import { RunError, UsageError } from "../../src/base/errors.ts";
import { objectiveOf } from "../../src/losses/objective.ts";
import type { Plan } from "./plan.ts";
import { buildOnce } from "./training_uses.ts";

/**
 * Makes sure that a row can take images: as many classes as its loss can tell apart, and those of one's own.
 *
 * @throws {UsageError} When its loss does not go with so many classes or so few features; when one's own images are too small for
 * its network or its augmentation, or lack a class that it names.
 */
export function checkFit(plan: Plan, images: ImageSet): void {
  const { height, width, channels, classNames } = images;
  const classes = classNames.length;
  if (plan.ownData) checkTied(plan, images.name, classes);
  checkLoss(plan, classes);
  if (!plan.ownData) return;
  try {
    buildOnce(plan.recipe, { height, width, channels, classes });
    checkAugmentation(plan.recipe.augmentation ?? NO_AUGMENTATION, images);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`${error.message}; give a larger --image-size`);
  }
}

/** Refuses a loss that cannot be trained on so many classes with so many features. */
function checkLoss({ recipe: { loss, featureDim } }: Plan, classes: number): void {
  if (loss.kind === "own") return; // it is tried out where it is trained
  try {
    objectiveOf(loss, classes).tryOut?.({ featureDim, classes });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`${error.message}; give another --feat-dim, or choose another row`);
  }
}

/** Whether a step does not fit the adapter: one tensor of it, or all of it what is left of its memory. */
export function isTooLarge(error: unknown): error is RangeError | RunError {
  const known = error instanceof RangeError || error instanceof RunError;
  return known && error.message.startsWith("Cannot allocate");
}

/** What a run says where its step does not fit the adapter: which flags make it smaller. */
export function explained(error: unknown): unknown {
  if (!isTooLarge(error)) return error;
  const smaller = "give a smaller --batch-size, --image-size, --width or --feat-dim";
  const message = error.message.replace(/use a smaller batch$/, smaller)
    .replace(
      /use fewer images or features$/,
      "give a smaller --train-size, --test-size or --feat-dim",
    );
  const Kind = error instanceof RunError ? RunError : UsageError;
  return new Kind(message, { cause: error });
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
