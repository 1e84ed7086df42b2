/**
 * CSV files of images on disk.
 *
 * @module
 */
import { RunError } from "../../src/base/errors.ts";
import { fileSize, writeWhole } from "../../src/base/files.ts";
import type { ImageSet } from "../../src/dataset/image_set.ts";
import { classesOf, type Labels } from "../../src/dataset/labels.ts";
import { type CsvImages, parseCsv } from "../formats/csv.ts";
import type { PixelShape } from "../formats/csv_header.ts";
import { mostUnpacked } from "../formats/gzip.ts";
import { unpacked } from "./unpacked.ts";

/** Images with labels, and the names of their classes. */
export interface LabelledImages extends CsvImages {
  /** Shape [count]; each an index into {@linkcode classNames}. */
  labels: Labels;
  /** A name for each class, in the order of the labels. */
  classNames: string[];
}

/**
 * Reads a CSV file of images, with labels or without, packed by gzip or not.
 *
 * @throws {RunError} If there is none, it is no file, or `parseCsv()` refuses it.
 */
export async function readCsv(path: string, shape?: PixelShape): Promise<CsvImages> {
  const size = await fileSize(path);
  if (size === undefined) throw new RunError(`Cannot read ${path}: it is not there`);
  return await parseCsv(unpacked(path), path, mostUnpacked(size), shape);
}

/**
 * Reads a CSV file of labelled images. The classes are named "0" to the largest label, those that no image has
 * among them.
 *
 * @throws {RunError} As {@linkcode readCsv} does, and if the file has no labels.
 */
export async function readLabelledCsv(path: string, shape?: PixelShape): Promise<LabelledImages> {
  const { labels, ...images } = await readCsv(path, shape);
  if (labels === undefined) {
    throw new RunError(
      `Cannot train or test with ${path}: it has no labels; call the column that holds them label`,
    );
  }
  const classNames = Array.from({ length: classesOf(labels) }, (_, i) => `${i}`);
  return { ...images, labels, classNames };
}

/**
 * Refuses images of one class: there is nothing to tell apart.
 *
 * @throws {RunError} With the file or folder that they come from.
 */
export function checkTwoClasses({ labels, classNames }: LabelledImages, path: string): void {
  if (new Set(labels).size > 1) return;
  throw new RunError(
    `Cannot use ${path}: all its images are of class ${classNames[labels[0]]}; ` +
      "two classes are the fewest",
  );
}

/**
 * Writes images in the form of Kaggle's digit-recognizer: a header, then a line an image.
 *
 * @param labelled Whether to write the labels, too, as the first column.
 * @throws {RunError} When the disk is full, the folder read-only or the like; nothing is left behind.
 */
export async function writeCsv(path: string, set: ImageSet, labelled: boolean): Promise<void> {
  await writeWhole(path, csvText(set, labelled), "choose another folder with --to");
}

/** The text of such a file. */
export function csvText(set: ImageSet, labelled: boolean): string {
  const { count, images, labels } = set, size = set.height * set.width * set.channels;
  const names = Array.from({ length: size }, (_, i) => `pixel${i}`);
  const lines = [[...labelled ? ["label"] : [], ...names].join(",")];
  for (let i = 0; i < count; i++) {
    const pixels = images.subarray(i * size, (i + 1) * size).join(",");
    lines.push(labelled ? `${labels[i]},${pixels}` : pixels);
  }
  return lines.join("\n") + "\n";
}
