/**
 * CIFAR-10: 50,000 training and 10,000 test photographs of animals and vehicles, 32x32 pixels of red,
 * green and blue (Krizhevsky, "Learning multiple layers of features from tiny images", 2009;
 * https://www.cs.toronto.edu/~kriz/cifar.html).
 *
 * @module
 */
import { checkChoice } from "../../src/base/choice.ts";
import { join } from "../../src/base/path.ts";
import { RunError } from "../../src/base/errors.ts";
import { fileSize, readFile } from "../../src/base/files.ts";
import type { ImageSet } from "../../src/dataset/image_set.ts";
import { checkLabels } from "../../src/dataset/labels.ts";
import { notFound, type Presence, presenceOf } from "../download/directory.ts";
import { download, type DownloadReport, keepIfUsable, md5 } from "../download/download.ts";
import { readTar } from "../formats/tar.ts";
import { unpacked } from "./unpacked.ts";

/** The name on the command line, and of the folder. */
export const CIFAR10 = "cifar-10";
/** The official archive. Its sum is for downloads; an archive brought along is checked for structure only. */
const CIFAR10_ARCHIVE = {
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
/** Files of records in it, in their order. */
const BATCHES = {
  train: [1, 2, 3, 4, 5].map((number) => `${FOLDER}/data_batch_${number}.bin`),
  test: [`${FOLDER}/test_batch.bin`],
} as const;
const ALL_BATCHES = [...BATCHES.train, ...BATCHES.test];
/** The classes, in the order of their labels. */
export const CIFAR10_CLASS_NAMES: readonly string[] = [
  ...["airplane", "automobile", "bird", "cat", "deer"],
  ...["dog", "frog", "horse", "ship", "truck"],
];

/** Rows and columns of an image; its bytes. */
const SIDE = 32, PIXELS = SIDE * SIDE, IMAGE = 3 * PIXELS;
/** A record: a label, then red of all pixels, then green, then blue, each row-major. */
const RECORD = 1 + IMAGE;
/** Records of a published file. No file is longer. */
const MOST_RECORDS = 10_000;

/** A file of records, wherever it is. */
interface Batch {
  /** For messages. */
  file: string;
  /** The number of records. */
  count: number;
  read: () => Promise<Uint8Array>;
}

/**
 * Reads a split of CIFAR-10 from `<directory>/cifar-10/`, which holds the official archive,
 * `cifar-10-binary.tar.gz`, or what is in it, `cifar-10-batches-bin/`. The unpacked batches are read
 * where they are complete: that is faster. Needs the permission to read that folder.
 *
 * ```ts ignore
 * import { dataDirectory, loadCifar10 } from "../../data.ts";
 *
 * const train = await loadCifar10(dataDirectory().path, "train");
 * train.count; // 50000
 * ```
 *
 * @returns Images of shape [count, 32, 32, 3] with labels 0 to 9; the training batches follow each other.
 * @throws {RunError} If a batch is missing or has a label above 9; if one of either split is no file, or not a number of
 * whole records; if the archive is damaged, cut short, no archive, or would put something outside of its folder.
 * @throws {RangeError} For another split.
 */
export async function loadCifar10(directory: string, split: "train" | "test"): Promise<ImageSet> {
  checkChoice("load CIFAR-10", "split", split, ["train", "test"]);
  const folder = join(directory, CIFAR10);
  const batches = await looseBatches(folder, split) ?? await packedBatches(directory, split);
  const count = batches.reduce((sum, { count }) => sum + count, 0);
  const images = new Uint8Array(count * IMAGE), labels = new Uint8Array(count);
  let done = 0;
  for (const { file, count, read } of batches) {
    readCifarRecords(await read(), file, images.subarray(done * IMAGE), labels.subarray(done));
    done += count;
  }
  return {
    ...{ name: CIFAR10, split, count, height: SIDE, width: SIDE, channels: 3 },
    ...{ images, labels, classNames: [...CIFAR10_CLASS_NAMES] },
  };
}

/**
 * How many records a file of this many bytes holds.
 *
 * @param file Its name, for the messages.
 * @throws {RunError} If it is empty, not a number of whole records, or longer than 10,000 of them.
 */
export function countCifarRecords(bytes: number, file: string): number {
  if (bytes === 0) throw new RunError(`Cannot read ${file}: it is empty`);
  const count = bytes / RECORD;
  if (!Number.isInteger(count)) {
    throw new RunError(
      `Cannot read ${file}: its ${bytes} bytes are no multiple of the ${RECORD} of a record; ` +
        "it is cut short, or another file",
    );
  }
  if (count > MOST_RECORDS) {
    throw new RunError(`Cannot use ${file}: it has ${count} records; 10,000 are the most`);
  }
  return count;
}

/**
 * Reads records, and puts the three colors of a pixel side by side.
 *
 * @example One record, red all over
 * ```ts
 * import { readCifarRecords } from "./cifar10.ts";
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const record = new Uint8Array(3073).fill(255, 1, 1025); // label 0, then red, green, blue
 * const images = new Uint8Array(3072), labels = new Uint8Array(1);
 * readCifarRecords(record, "one-record", images, labels);
 *
 * assertEquals([...images.subarray(0, 6)], [255, 0, 0, 255, 0, 0]);
 * ```
 *
 * @param bytes The file.
 * @param file Its name, for the messages.
 * @param images Where to put the pixels, shape [count, 32, 32, 3].
 * @param labels Where to put the labels, shape [count].
 * @throws {RunError} As {@linkcode countCifarRecords} does, and if a label exceeds 9.
 */
export function readCifarRecords(
  bytes: Uint8Array,
  file: string,
  images: Uint8Array,
  labels: Uint8Array,
): void {
  const count = countCifarRecords(bytes.length, file);
  for (let i = 0; i < count; i++) labels[i] = bytes[i * RECORD];
  checkLabels(labels.subarray(0, count), file);
  for (let i = 0, to = 0; i < count; i++) {
    const red = i * RECORD + 1;
    for (let from = red; from < red + PIXELS; from++, to += 3) {
      images[to] = bytes[from];
      images[to + 1] = bytes[from + PIXELS];
      images[to + 2] = bytes[from + 2 * PIXELS];
    }
  }
}

/**
 * Whether the archive or all batches are there: one of them is enough.
 *
 * @throws {RunError} If there is a directory in the place of a file.
 */
export async function findCifar10(directory: string): Promise<Presence> {
  const folder = join(directory, CIFAR10), { name } = CIFAR10_ARCHIVE;
  const { found, missing } = await presenceOf(folder, ALL_BATCHES);
  if (missing.length === 0) return { found, missing };
  if (await fileSize(join(folder, name)) !== undefined) {
    return { found: [name, ...found], missing: [] };
  }
  return { found, missing: found.length > 0 ? missing : [name] };
}

/** The unpacked files of a split, or undefined where one is missing. The lengths of both splits are checked first. */
async function looseBatches(folder: string, split: "train" | "test"): Promise<Batch[] | undefined> {
  const batches = new Map<string, Batch>();
  for (const name of ALL_BATCHES) {
    const file = join(folder, name), size = await fileSize(file);
    if (size === undefined) continue;
    const count = countCifarRecords(size, file);
    batches.set(name, { file, count, read: () => readFile(file, MOST_RECORDS * RECORD) });
  }
  const found = BATCHES[split].flatMap((name) => batches.get(name) ?? []);
  return found.length === BATCHES[split].length ? found : undefined;
}

/** The files of a split in the archive, all of them in memory. */
async function packedBatches(directory: string, split: "train" | "test"): Promise<Batch[]> {
  const folder = join(directory, CIFAR10), { missing } = await findCifar10(directory);
  if (missing.length > 0) {
    const state = `no ${missing.join(", ")} in ${folder}`;
    throw notFound("CIFAR-10", CIFAR10, state, "the official archive or its unpacked batches");
  }
  const archive = join(folder, CIFAR10_ARCHIVE.name), names = BATCHES[split];
  const pieces = unpacked(archive, MOST_UNPACKED);
  const files = await readTar(pieces, archive, names, MOST_RECORDS * RECORD);
  return names.map((name) => {
    const bytes = files.get(name), file = `${name} in ${archive}`;
    if (!bytes) {
      throw new RunError(`Cannot use ${archive}: there is no ${name} in it; fetch it again`);
    }
    return {
      file,
      count: countCifarRecords(bytes.length, file),
      read: () => Promise.resolve(bytes),
    };
  });
}

/**
 * Makes sure that CIFAR-10 lies in `<directory>/cifar-10/`: downloads the archive, which stays packed.
 * An archive that is there already, or all of the batches, are left alone as long as they can be read.
 *
 * @param urls Where the archive is.
 * @param published Its MD5.
 * @throws {RunError} As {@linkcode download} does.
 */
export async function downloadCifar10(
  directory: string,
  report: DownloadReport,
  urls: readonly string[] = CIFAR10_ARCHIVE.urls,
  published: string = CIFAR10_ARCHIVE.md5,
): Promise<void> {
  const { name, most } = CIFAR10_ARCHIVE;
  const check = async () => {
    for (const split of ["train", "test"] as const) await loadCifar10(directory, split);
  };
  const { found, missing } = await findCifar10(directory);
  if (missing.length === 0 && !found.includes(name)) {
    const outcome = await keepIfUsable(check);
    for (const batch of found) report.done(join(directory, CIFAR10, batch), outcome);
    return;
  }
  const path = join(directory, CIFAR10, name);
  const progress = (received: number, total?: number) => report.progress(name, received, total);
  report.done(path, await download({ urls, path, sum: md5(published), most, check, progress }));
}
