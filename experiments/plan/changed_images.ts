/** What flags change of the images of a set: classes that are left out, sizes of classes, wrong labels. */
import { UsageError } from "../../src/base/errors.ts";
import type { ImageSet, Sets } from "../../src/dataset/image_set.ts";
import { imbalanced } from "../../src/dataset/imbalance.ts";
import { withLabelNoise } from "../../src/dataset/label_noise.ts";
import { leaveOut } from "../../src/dataset/leave_out.ts";
import type { Plan } from "./plan.ts";

/** The sets of a run, and the test images of the classes that it does not know. */
export interface ChangedImages extends Sets {
  unknown?: ImageSet;
  /** What was changed, in a sentence; empty where nothing was. */
  changes: string;
}

/**
 * Changes the images as a plan says: first classes are left out of both sets, then training images of the later classes,
 * then labels of training images become wrong. The test set keeps its sizes and labels. All draws are by the plan's seed.
 *
 * @throws {UsageError} When the set has not these classes.
 */
export function changedImages(
  { leaveOut: classes, imbalance, labelNoise, seed }: Plan,
  { train, test }: Sets,
): ChangedImages {
  const changes: string[] = [];
  let unknown: ImageSet | undefined;
  if (classes) {
    const parts = refusing(
      "--leave-out",
      () => [leaveOut(train, classes), leaveOut(test, classes)],
    );
    [train, test, unknown] = [parts[0].kept, parts[1].kept, parts[1].left];
    changes.push(`${unknown.name} without ${named(unknown, classes)}`);
  }
  if (imbalance !== undefined) {
    const all = train;
    train = refusing("--imbalance", () => imbalanced(all, imbalance, seed));
    const counts = train.classNames.map((_, k) => train.labels.filter((it) => it === k).length);
    const [first, last] = [train.classNames[0], train.classNames.at(-1)];
    changes.push(
      `from ${counts[0]} training images of ${first} down to ${counts.at(-1)} of ${last}`,
    );
  }
  if (labelNoise !== undefined) {
    const right = train;
    train = refusing("--label-noise", () => withLabelNoise(right, labelNoise, seed));
    const wrong = train.labels.filter((label, i) => label !== right.labels[i]).length;
    changes.push(`${wrong} of ${train.count} training labels wrong`);
  }
  return { train, test, ...(unknown && { unknown }), changes: changes.join("; ") };
}

function named({ classNames }: ImageSet, classes: readonly number[]): string {
  return `${classes.length > 1 ? "classes" : "class"} ${
    classes.map((k) => classNames[k] === `${k}` ? k : `${k} (${classNames[k]})`).join(", ")
  }`;
}

/** What a set cannot do is the fault of the flag. */
function refusing<T>(flag: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`${flag}: ${error.message}`, { cause: error });
  }
}
