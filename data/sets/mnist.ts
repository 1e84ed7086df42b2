/**
 * MNIST: 60,000 training and 10,000 test images of handwritten digits, 28x28 grey pixels (LeCun, Cortes,
 * Burges; http://yann.lecun.com/exdb/mnist/).
 *
 * @module
 */
import { type IdxSource, loadIdxSet } from "./idx_set.ts";
import type { ImageSet } from "../../src/dataset/image_set.ts";
import { SETS } from "./facts.ts";

/** Where MNIST comes from, and what it is called. */
export const MNIST: IdxSource = {
  name: "mnist",
  title: SETS.mnist.title,
  sha256: {
    train: {
      images: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
      labels: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    },
    test: {
      images: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
      labels: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    },
  },
  mirrors: [
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
  ],
  side: 28,
  classNames: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
};

/**
 * Reads a split of MNIST from `<directory>/mnist/`, where the files have their official names, packed
 * (`.gz`) or unpacked. Needs the permission to read that folder.
 *
 * ```ts ignore
 * import { dataDirectory, loadMnist } from "../../data.ts";
 *
 * const train = await loadMnist(dataDirectory().path, "train");
 * train.count; // 60000
 * ```
 *
 * @returns Images of shape [count, 28, 28, 1] with labels 0 to 9.
 * @throws {RunError} If a file is missing, no file, damaged, or does not belong to the other.
 * @throws {RangeError} For another split.
 */
export function loadMnist(directory: string, split: "train" | "test"): Promise<ImageSet> {
  return loadIdxSet(MNIST, directory, split);
}
