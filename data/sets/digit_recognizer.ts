/**
 * Kaggle's "Digit Recognizer" (https://www.kaggle.com/c/digit-recognizer): MNIST's digits as CSV files, 42,000
 * with labels and 28,000 without, 28x28 grey pixels.
 *
 * @module
 */
import { join } from "../../src/base/path.ts";
import { checkTwoClasses, readCsv, readLabelledCsv } from "./csv_file.ts";
import type { UnlabelledImages } from "../formats/csv.ts";
import { fileSize } from "../../src/base/files.ts";
import type { DownloadReport } from "../download/download.ts";
import { type ImageSet, part } from "../../src/dataset/image_set.ts";
import { type Presence, presenceOf } from "../download/directory.ts";
import { RunError } from "../../src/base/errors.ts";

/** The name on the command line, and of the folder. */
export const DIGIT_RECOGNIZER = "digit-recognizer";

/** Its files: with labels, and without. */
export const DIGIT_RECOGNIZER_FILES = { train: "train.csv", test: "test.csv" } as const;

/** How to get them, for the list of `deno task data`. */
export const DIGIT_RECOGNIZER_ADVICE = "from Kaggle, or deno task data:csv mnist";

const ADVICE = "Kaggle asks for an account. Put train.csv and test.csv there " +
  "(https://www.kaggle.com/c/digit-recognizer/data), or make them from MNIST with `deno task data:csv mnist`";

/** One of so many lines of `train.csv` is held out. */
const HELD_OUT = 6;

/**
 * Reads a split of the labelled images from `<directory>/digit-recognizer/train.csv`. Kaggle keeps the labels of
 * `test.csv` to itself, so the test images are the last sixth of the lines of `train.csv` (our choice: 7,000 of
 * Kaggle's 42,000), and the others are to train on. Needs the permission to read that folder.
 *
 * ```ts ignore
 * import { dataDirectory, loadDigitRecognizer } from "../../data.ts";
 *
 * const train = await loadDigitRecognizer(dataDirectory().path, "train");
 * train.count; // 35000
 * ```
 *
 * @returns Images of shape [count, height, width, channels], of Kaggle's files [35000, 28, 28, 1].
 * @throws {RunError} If the file is missing, has a bad line (which is named), no labels, or fewer than two images
 * or classes.
 */
export async function loadDigitRecognizer(
  directory: string,
  split: "train" | "test",
): Promise<ImageSet> {
  const path = join(directory, DIGIT_RECOGNIZER, DIGIT_RECOGNIZER_FILES.train);
  if (await fileSize(path) === undefined) throw new RunError(`Cannot find ${path}: ${ADVICE}`);
  const all = await readLabelledCsv(path);
  checkTwoClasses(all, path);
  const held = Math.max(1, Math.floor(all.count / HELD_OUT)), kept = all.count - held;
  const [from, to] = split === "train" ? [0, kept] : [kept, all.count];
  return { ...part(all, from, to), name: DIGIT_RECOGNIZER, split };
}

/**
 * Reads the images without labels, `<directory>/digit-recognizer/test.csv`: Kaggle wants predictions for them,
 * image 1 being the first. Labels that the file has all the same are left out.
 *
 * ```ts ignore
 * import { dataDirectory, loadUnlabelled } from "../../data.ts";
 *
 * const images = await loadUnlabelled(dataDirectory().path);
 * images?.count; // 28000
 * ```
 *
 * @returns Images of shape [count, height, width, channels], or undefined where the file is not there.
 * @throws {RunError} If a line is bad: it is named.
 */
export async function loadUnlabelled(directory: string): Promise<UnlabelledImages | undefined> {
  const path = join(directory, DIGIT_RECOGNIZER, DIGIT_RECOGNIZER_FILES.test);
  if (await fileSize(path) === undefined) return undefined;
  const { labels: _, ...images } = await readCsv(path);
  return images;
}

/**
 * Which of the two files are there. `test.csv` is not missed: to train and to test, `train.csv` is enough.
 *
 * @throws {RunError} If there is a directory in the place of a file.
 */
export async function findDigitRecognizer(directory: string): Promise<Presence> {
  const { train, test } = DIGIT_RECOGNIZER_FILES;
  const { found, missing } = await presenceOf(join(directory, DIGIT_RECOGNIZER), [train, test]);
  return { found, missing: missing.filter((name) => name === train) };
}

/**
 * Says whether the files that are there can be read. There is nothing to download without an account.
 *
 * @throws {RunError} If `train.csv` is missing, or a file cannot be read.
 */
export async function downloadDigitRecognizer(
  directory: string,
  report: DownloadReport,
): Promise<void> {
  const { found, missing } = await findDigitRecognizer(directory);
  if (missing.length > 0) {
    const folder = join(directory, DIGIT_RECOGNIZER);
    throw new RunError(`Cannot download Kaggle's Digit Recognizer to ${folder}: ${ADVICE}`);
  }
  await loadDigitRecognizer(directory, "train");
  await loadUnlabelled(directory);
  for (const name of found) report.done(join(directory, DIGIT_RECOGNIZER, name), "brought");
}
