/**
 * The data sets by name: what the command line lists, checks for and downloads, and rows train on.
 *
 * @module
 */
import { CIFAR10_CLASS_NAMES, downloadCifar10, findCifar10, loadCifar10 } from "./cifar10.ts";
import { DIGIT_CLASSES } from "../drawn/digits.ts";
import {
  DIGIT_RECOGNIZER_ADVICE,
  downloadDigitRecognizer,
  findDigitRecognizer,
  loadDigitRecognizer,
} from "./digit_recognizer.ts";
import type { DownloadReport } from "../download/download.ts";
import type { SetName } from "./facts.ts";
import { FASHION_MNIST } from "./fashion_mnist.ts";
import {
  downloadIdxSet,
  findIdxSet,
  type IdxSource,
  loadIdxSet,
  unpublishedParts,
} from "./idx_set.ts";
import type { ImageSet } from "../../src/dataset/image_set.ts";
import type { Presence } from "../download/directory.ts";
import { MNIST } from "./mnist.ts";

/** A data set as the command line sees it. */
export interface CatalogEntry {
  /** One line on what it is. */
  description: string;
  /** A name for each class, in the order of the labels. */
  classNames: readonly string[];
  /** The files that it is made of; absent where the program draws it. */
  files?: DataFiles;
}

/** A data set that is kept in files. The folder given is the one that holds its folder. */
export interface DataFiles {
  /** Which of them are there. */
  find: (directory: string) => Promise<Presence>;
  /** Downloads what is missing. */
  download: (directory: string, report: DownloadReport) => Promise<void>;
  /** Reads one part. */
  load: (directory: string, split: "train" | "test") => Promise<ImageSet>;
  /** Names what of a part differs from the published contents; absent where their sums are not known. */
  unpublished?: (set: ImageSet) => Promise<string[]>;
  /** How to get it, where `download` cannot do so. */
  advice?: string;
}

/** All data sets, in the order in which they are listed. To add one, add an entry. */
export const CATALOG: Readonly<Record<string, CatalogEntry>> = {
  digits: {
    description: "digits drawn by the program itself, 28x28 grey, as many as asked for",
    classNames: DIGIT_CLASSES,
  },
  mnist: {
    description: "handwritten digits, 28x28 grey, 60,000 to train and 10,000 to test, 12 MB",
    classNames: MNIST.classNames,
    files: idxFiles(MNIST),
  },
  "fashion-mnist": {
    description: "clothes, 28x28 grey, 60,000 to train and 10,000 to test, 31 MB",
    classNames: FASHION_MNIST.classNames,
    files: idxFiles(FASHION_MNIST),
  },
  "cifar-10": {
    description: "animals and vehicles, 32x32 colour, 50,000 to train and 10,000 to test, 170 MB",
    classNames: CIFAR10_CLASS_NAMES,
    files: { find: findCifar10, download: downloadCifar10, load: loadCifar10 },
  },
  "digit-recognizer": {
    description:
      "Kaggle's CSV form of MNIST, 28x28 grey, 35,000 to train and 7,000 to test, 128 MB",
    classNames: DIGIT_CLASSES,
    files: {
      find: findDigitRecognizer,
      download: downloadDigitRecognizer,
      load: loadDigitRecognizer,
      advice: DIGIT_RECOGNIZER_ADVICE,
    },
  },
} satisfies Record<SetName, CatalogEntry>;

function idxFiles(source: IdxSource): DataFiles {
  return {
    find: (directory) => findIdxSet(source, directory),
    download: (directory, report) => downloadIdxSet(source, directory, report),
    load: (directory, split) => loadIdxSet(source, directory, split),
    unpublished: (set) => unpublishedParts(source, set),
  };
}
