/**
 * CIFAR-10: 50,000 training and 10,000 test photographs of animals and vehicles, 32x32 pixels of red,
 * green and blue (Krizhevsky, "Learning multiple layers of features from tiny images", 2009;
 * https://www.cs.toronto.edu/~kriz/cifar.html).
 *
 * @module
 */
import { join } from "node:path";
import {
  CIFAR_SIDE,
  countCifarRecords,
  MOST_BATCH_BYTES,
  readCifarRecords,
} from "../formats/cifar_records.ts";
import { fileSize, onDisk } from "../../src/base/files.ts";
import { gunzipFile } from "../formats/gzip.ts";
import type { ImageSet } from "../../src/dataset/image_set.ts";
import { notFound, type Presence } from "./missing.ts";
import { readTar } from "../formats/tar.ts";
import { RunError } from "../../src/base/errors.ts";

/** The name on the command line, and of the folder. */
export const CIFAR10 = "cifar-10";
/** The official archive. Its sum is for downloads; an archive brought along is checked for structure only. */
export const CIFAR10_ARCHIVE = {
  /** Its name. */
  name: "cifar-10-binary.tar.gz",
  /** Its published MD5, in hexadecimal digits. */
  md5: "c32a1d4ab5d03f1284b67883e8d87530",
  /** Bytes that a download may have at the most. */
  most: 200e6,
  /** Its addresses; the first was seen to lead to the second. */
  urls: [
    "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
    "https://cave.cs.toronto.edu/kriz/cifar-10-binary.tar.gz",
  ],
} as const;

/** The bytes in an archive: twice those of the published one. */
const MOST_UNPACKED = 400e6;
/** The folder in the archive. */
const FOLDER = "cifar-10-batches-bin";
/** Its files of records, in their order. */
const BATCHES = {
  train: [1, 2, 3, 4, 5].map((number) => `data_batch_${number}.bin`),
  test: ["test_batch.bin"],
} as const;
const CLASS_NAMES = [
  "airplane",
  "automobile",
  "bird",
  "cat",
  "deer",
  "dog",
  "frog",
  "horse",
  "ship",
  "truck",
];

/** A file of records, wherever it is. */
interface Batch {
  /** For messages. */
  file: string;
  /** In bytes. */
  size: number;
  read: () => Promise<Uint8Array>;
}

/**
 * Reads a split of CIFAR-10 from `<directory>/cifar-10/`, which holds the official archive,
 * `cifar-10-binary.tar.gz`, or what is in it, `cifar-10-batches-bin/`. The unpacked batches are read
 * where they are complete: that is faster. Needs the permission to read that folder.
 *
 * ```ts ignore
 * const train = await loadCifar10(dataDirectory().path, "train");
 * train.count; // 50000
 * ```
 *
 * @returns Images of shape [count, 32, 32, 3] with labels 0 to 9; the training batches follow each other.
 * @throws {RunError} If a batch is missing or has a label above 9; if one of either split is no file, or not a number of
 * whole records; if the archive is damaged, cut short, no archive, or would put something outside of its folder.
 */
export async function loadCifar10(directory: string, split: "train" | "test"): Promise<ImageSet> {
  await checkLengths(directory);
  const batches = await findBatches(directory, split);
  const counts = batches.map(({ size, file }) => countCifarRecords(size, file));
  const count = counts.reduce((sum, one) => sum + one);
  const height = CIFAR_SIDE, width = CIFAR_SIDE, channels = 3;
  const images = new Uint8Array(count * height * width * channels);
  const labels = new Uint8Array(count);
  let done = 0;
  for (const [i, batch] of batches.entries()) {
    const bytes = await batch.read();
    const pixels = images.subarray(done * height * width * channels);
    readCifarRecords(bytes, batch.file, pixels, labels.subarray(done));
    done += counts[i];
  }
  const classNames = [...CLASS_NAMES];
  return { name: CIFAR10, split, count, height, width, channels, images, labels, classNames };
}

/**
 * Whether the archive or all batches are there: one of them is enough.
 *
 * @throws {RunError} If there is a directory in the place of a file.
 */
export async function findCifar10(directory: string): Promise<Presence> {
  const found: string[] = [], missing: string[] = [];
  for (const name of [...BATCHES.train, ...BATCHES.test]) {
    const size = await fileSize(join(directory, CIFAR10, FOLDER, name));
    (size === undefined ? missing : found).push(`${FOLDER}/${name}`);
  }
  if (missing.length === 0) return { found, missing };
  const { name } = CIFAR10_ARCHIVE;
  if (await fileSize(join(directory, CIFAR10, name)) !== undefined) {
    return { found: [name, ...found], missing: [] };
  }
  return { found, missing: found.length > 0 ? missing : [name] };
}

/** Refuses an unpacked batch of any split by its length, before one of them is read. */
async function checkLengths(directory: string): Promise<void> {
  for (const name of [...BATCHES.train, ...BATCHES.test]) {
    const file = join(directory, CIFAR10, FOLDER, name), size = await fileSize(file);
    if (size !== undefined) countCifarRecords(size, file);
  }
}

/** The files of records of a split: unpacked ones if they are complete, else those in the archive. */
async function findBatches(directory: string, split: "train" | "test"): Promise<Batch[]> {
  const folder = join(directory, CIFAR10);
  const batches: Batch[] = [];
  for (const name of BATCHES[split]) {
    const file = join(folder, FOLDER, name);
    const size = await fileSize(file);
    if (size === undefined) return await packedBatches(folder, split, `${FOLDER}/${name}`);
    batches.push({ file, size, read: () => onDisk(`read ${file}`, Deno.readFile(file)) });
  }
  return batches;
}

/** The files of records in the archive, all of them in memory. */
async function packedBatches(
  folder: string,
  split: "train" | "test",
  missing: string,
): Promise<Batch[]> {
  const archive = join(folder, CIFAR10_ARCHIVE.name);
  if (await fileSize(archive) === undefined) {
    const state = `no ${CIFAR10_ARCHIVE.name} (or ${missing}) in ${folder}`;
    throw notFound("CIFAR-10", CIFAR10, state, "the official archive or its unpacked batches");
  }
  const names = BATCHES[split].map((name) => `${FOLDER}/${name}`);
  const files = await readTar(gunzipFile(archive, MOST_UNPACKED), archive, names, MOST_BATCH_BYTES);
  return names.map((name) => {
    const bytes = files.get(name);
    if (!bytes) {
      throw new RunError(`Cannot use ${archive}: there is no ${name} in it; fetch it again`);
    }
    return {
      file: `${name} in ${archive}`,
      size: bytes.length,
      read: () => Promise.resolve(bytes),
    };
  });
}
