/**
 * The data sets by name: what the command line lists, checks for and downloads.
 *
 * @module
 */
import { join } from "node:path";
import { findMnistFile, MNIST_FILES } from "./mnist.ts";
import { downloadMnist, type DownloadReport } from "./mnist_download.ts";

/** A data set as the command line sees it. */
export interface CatalogEntry {
  /** One line on what it is. */
  description: string;
  /** Which of its files are not in the data directory; empty where none is needed. */
  missing: (directory: string) => Promise<string[]>;
  /** Downloads what is missing; absent where nothing needs to be. */
  download?: (directory: string, report: DownloadReport) => Promise<void>;
}

/** All data sets, in the order in which they are listed. To add one, add an entry. */
export const CATALOG: Readonly<Record<string, CatalogEntry>> = {
  digits: {
    description: "digits drawn by the program itself, 28x28 grey, as many as asked for",
    missing: () => Promise.resolve([]),
  },
  mnist: {
    description: "handwritten digits, 28x28 grey, 60,000 to train and 10,000 to test, 12 MB",
    missing: missingMnistFiles,
    download: downloadMnist,
  },
};

async function missingMnistFiles(directory: string): Promise<string[]> {
  const names = Object.values(MNIST_FILES).flatMap((
    { images, labels },
  ) => [images.name, labels.name]);
  const places = await Promise.all(
    names.map((name) => findMnistFile(join(directory, "mnist"), name)),
  );
  return names.filter((_, i) => places[i] === undefined);
}
