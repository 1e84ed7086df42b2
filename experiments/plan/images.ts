/** The images of a plan. */
import { type SetName, SETS } from "../../data/sets/facts.ts";
import { CATALOG, type DataFiles } from "../../data/sets/catalog.ts";
import { drawDigits } from "../../data/drawn/digits.ts";
import { dataDirectory } from "../../data/download/directory.ts";
import { type ImageSet, subset } from "../../src/dataset/image_set.ts";
import { UsageError } from "../../src/base/errors.ts";
import { loadOwnImages } from "../../data/own/own_images.ts";
import type { OwnData, Plan } from "./plan.ts";
import { changedImages } from "./changed_images.ts";

const DEFAULT_DIGITS = 10_000;

/** What a run trains on and is tested on. */
export interface RunImages {
  train: ImageSet;
  test: ImageSet;
  /** Test images of classes that the run leaves out, where it does. */
  unknown?: ImageSet;
  /** Whether these are drawn digits that stand in for the data set of the row. */
  drawn: boolean;
  /** What was left out of one's own images, or that a data set is not the published one. */
  note?: string;
}

/**
 * Loads or draws training and test images.
 *
 * A smoke run only sees whether a row runs: where there is nothing of its data set, digits of the same shape
 * are drawn in its place, and `drawn` says so.
 *
 * @throws {RunError} When a file is missing or broken.
 * @throws {UsageError} When more images are asked for than there are.
 */
export async function loadImages(plan: Plan, dataDir?: string): Promise<RunImages> {
  const { train, test, drawn, note } = await loadWhole(plan, dataDir);
  const { changes, ...sets } = changedImages(plan, { train, test });
  checkBatch(plan, sets.train);
  const notes = [note, changes].filter(Boolean).join("; ");
  return { ...sets, drawn, ...(notes && { note: notes }) };
}

/** The images as their set has them. */
async function loadWhole(plan: Plan, dataDir?: string): Promise<RunImages> {
  if (plan.ownData) return await loadOwn(plan, plan.ownData);
  if (dataDir !== undefined) await checkFolder(dataDir);
  const { files } = CATALOG[plan.dataset];
  if (!files) return { ...draw(plan, drawDigits), drawn: false };
  const { path } = dataDirectory(dataDir);
  const drawn = plan.preset === "smoke" && await isAbsent(files, path);
  const load = (split: "train" | "test") => files.load(path, split);
  const whole = drawn ? undefined : { train: await load("train"), test: await load("test") };
  const { height, width, channels } = SETS[plan.dataset as SetName];
  const { train, test } = !whole
    ? draw(plan, (options) => drawDigits({ ...options, height, width, channels }))
    : {
      train: first(whole.train, plan.trainSize, "train-size"),
      test: first(whole.test, plan.testSize, "test-size"),
    };
  const note = whole && await unpublishedNote(files, whole);
  return { train, test, drawn, ...(note && { note }) };
}

/** A word on files that are not the published ones: what is trained on them cannot be compared with a publication. */
async function unpublishedNote(
  { unpublished }: DataFiles,
  { train, test }: Record<"train" | "test", ImageSet>,
): Promise<string | undefined> {
  if (!unpublished) return undefined;
  const parts: string[] = [];
  for (const set of [train, test]) {
    parts.push(...(await unpublished(set)).map((part) => `${part} of the ${set.split} set`));
  }
  if (parts.length === 0) return undefined;
  return `This is not ${train.name} as it was published (SHA-256): other ${parts.join(", ")}`;
}

/** One's own images, as many as the plan takes. A preset's sizes are those of MNIST: fewer are taken as they are. */
async function loadOwn(plan: Plan, ownData: OwnData): Promise<RunImages> {
  const { train, test, note } = await loadOwnImages({ ...ownData, seed: plan.seed });
  const most = (set: ImageSet, n = Infinity) => subset(set, Math.min(n, set.count));
  const sets = { train: most(train, plan.trainSize), test: most(test, plan.testSize) };
  const cut = sets.train.count < train.count || sets.test.count < test.count;
  const taken = cut &&
    `of ${train.count} images to train and ${test.count} to test the first ${sets.train.count} and ${sets.test.count} are ` +
      `taken (preset ${plan.preset}, or --train-size and --test-size)`;
  const notes = [note, taken].filter(Boolean).join("; ");
  return { ...sets, drawn: false, ...(notes && { note: notes }) };
}

function checkBatch({ recipe: { batchSize } }: Plan, { count }: ImageSet): void {
  if (batchSize <= count) return;
  throw new UsageError(
    `--batch-size is ${batchSize}, more than the ${count} training images: no batch would be full`,
  );
}

/** A folder that was named and is not there is a slip of the pen, not a place without data. */
async function checkFolder(path: string): Promise<void> {
  const isFolder = await Deno.stat(path).then((it) => it.isDirectory, () => false);
  if (!isFolder) {
    throw new UsageError(`--data-dir ${path} is no folder: name the one with the data sets`);
  }
}

/** Whether nothing of a data set is there; a set of which some is there is broken, and refused by its loader. */
async function isAbsent(files: DataFiles, path: string): Promise<boolean> {
  const { found, missing } = await files.find(path);
  return found.length === 0 && missing.length > 0;
}

/** Both parts, drawn. */
function draw({ seed, trainSize, testSize }: Plan, by: typeof drawDigits) {
  return {
    train: by({ count: trainSize ?? DEFAULT_DIGITS, seed, split: "train" }),
    test: by({ count: testSize ?? DEFAULT_DIGITS / 5, seed, split: "test" }),
  };
}

function first(set: ImageSet, n: number | undefined, flag: string): ImageSet {
  if (n === undefined) return set;
  if (n > set.count) {
    throw new UsageError(`--${flag} is ${n}, but ${set.name} has ${set.count} ${set.split} images`);
  }
  return subset(set, n);
}
