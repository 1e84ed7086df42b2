/**
 * CSV files of images on disk.
 *
 * @module
 */
import { type CsvImages, CsvReader } from "../formats/csv.ts";
import type { PixelShape } from "../formats/csv_layout.ts";
import { fileSize } from "../../src/base/files.ts";
import { gunzipFile, mostUnpacked } from "../formats/gzip.ts";
import { classesOf, type Labels } from "../../src/dataset/labels.ts";
import { RunError } from "../../src/base/errors.ts";

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
  if (size === undefined) throw new RunError(`Cannot read ${path}: there is none`);
  const reader = new CsvReader(path, shape, mostUnpacked(size));
  for await (const piece of gunzipFile(path)) reader.push(piece);
  return reader.finish();
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
  return {
    ...images,
    labels,
    classNames: Array.from({ length: classesOf(labels) }, (_, i) => `${i}`),
  };
}
