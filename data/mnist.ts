/**
 * MNIST: 60,000 training and 10,000 test images of handwritten digits, 28x28 grey pixels (LeCun, Cortes,
 * Burges; http://yann.lecun.com/exdb/mnist/).
 *
 * @module
 */
import { join } from "node:path";
import { RunError } from "../src/errors.ts";
import { DATA_VARIABLE } from "./directory.ts";
import { fileSize, onDisk } from "./disk.ts";
import { gunzip } from "./gzip.ts";
import { parseIdxImages, parseIdxLabels } from "./idx.ts";
import type { ImageSet } from "./image_set.ts";

/** One file as it is downloaded. */
export interface MnistFile {
  /** Official name, ending in `.gz`. */
  name: string;
  /** Published MD5 of the compressed file, in hexadecimal digits. */
  md5: string;
}

/** The two files of a split. */
export interface MnistFiles {
  /** Its images, an IDX file. */
  images: MnistFile;
  /** Its labels, an IDX file. */
  labels: MnistFile;
}

/** The official files. The sums are for downloads; files brought along are checked for structure only. */
export const MNIST_FILES: Readonly<Record<"train" | "test", MnistFiles>> = {
  train: {
    images: { name: "train-images-idx3-ubyte.gz", md5: "f68b3c2dcbeaaa9fbdd348bbdeb94873" },
    labels: { name: "train-labels-idx1-ubyte.gz", md5: "d53e105ee54ea40749a09fcbcd1e9432" },
  },
  test: {
    images: { name: "t10k-images-idx3-ubyte.gz", md5: "9fb629c4189551a2d022fa330f9573f3" },
    labels: { name: "t10k-labels-idx1-ubyte.gz", md5: "ec29112dd5afa0611ce80d1b7f02629c" },
  },
};

/** Folders on the web that hold the official files, in the order in which they are tried. */
export const MNIST_MIRRORS: readonly string[] = [
  "https://ossci-datasets.s3.amazonaws.com/mnist/",
  "https://storage.googleapis.com/cvdf-datasets/mnist/",
];

const SIDE = 28;

/**
 * Reads a split of MNIST from `<directory>/mnist/`, where the files have their official names, packed
 * (`.gz`) or unpacked. Needs the permission to read that folder.
 *
 * ```ts ignore
 * const train = await loadMnist(dataDirectory().path, "train");
 * train.count; // 60000
 * ```
 *
 * @returns Images of shape [count, 28, 28, 1] with labels 0 to 9.
 * @throws {RunError} If a file is missing, no file, damaged, or does not belong to the other.
 */
export async function loadMnist(directory: string, split: "train" | "test"): Promise<ImageSet> {
  const files = MNIST_FILES[split];
  const folder = join(directory, "mnist");
  const images = await readMnistFile(folder, files.images.name);
  const labels = await readMnistFile(folder, files.labels.name);
  const pictures = parseIdxImages(images.bytes, images.path);
  const classes = parseIdxLabels(labels.bytes, labels.path);
  if (pictures.height !== SIDE || pictures.width !== SIDE) {
    throw new RunError(
      `Cannot use ${images.path} as MNIST: its images are ${pictures.height}x${pictures.width} ` +
        `pixels, MNIST's are ${SIDE}x${SIDE}`,
    );
  }
  if (pictures.count !== classes.length) {
    throw new RunError(
      `Cannot join ${images.path} with ${labels.path}: ${pictures.count} images, ` +
        `but ${classes.length} labels; take both from one source`,
    );
  }
  const classNames = Array.from({ length: 10 }, (_, digit) => String(digit));
  return { name: "mnist", split, channels: 1, ...pictures, labels: classes, classNames };
}

/**
 * Where one of the official files lies, unpacked or packed; undefined where it is missing.
 *
 * @param name Official name, ending in `.gz`.
 * @throws {RunError} If there is a directory in its place.
 */
export async function findMnistFile(folder: string, name: string): Promise<string | undefined> {
  for (const path of [join(folder, name.replace(/\.gz$/, "")), join(folder, name)]) {
    if (await fileSize(path) !== undefined) return path;
  }
}

/** The unpacked contents of one file, and where it was. */
async function readMnistFile(folder: string, name: string) {
  const path = await findMnistFile(folder, name);
  if (path === undefined) {
    throw new RunError(
      `Cannot find MNIST: no ${name} (or ${name.replace(/\.gz$/, "")}) in ${folder}. ` +
        "Download it with `deno task data mnist`, or put the four official files there; " +
        `another place is named by --data-dir DIR or ${DATA_VARIABLE} (DIR holds a folder mnist)`,
    );
  }
  const bytes = await onDisk(`read ${path}`, Deno.readFile(path));
  return { path, bytes: await gunzip(bytes, path) };
}
