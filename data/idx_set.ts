/**
 * Data sets in four IDX files, as MNIST is published and others after it.
 *
 * @module
 */
import { join } from "node:path";
import { RunError } from "../src/errors.ts";
import { fileSize, onDisk } from "./disk.ts";
import { gunzip } from "./gzip.ts";
import { parseIdxImages, parseIdxLabels } from "./idx.ts";
import type { ImageSet } from "./image_set.ts";
import { notFound, type Presence } from "./missing.ts";

/** One file as it is downloaded. */
export interface IdxFile {
  /** Official name, ending in `.gz`. */
  name: string;
  /** Published MD5 of the compressed file, in hexadecimal digits. */
  md5: string;
}

/** The two files of a split. */
export interface IdxFiles {
  /** Its images, an IDX file. */
  images: IdxFile;
  /** Its labels, an IDX file. */
  labels: IdxFile;
}

/** A data set in four IDX files: all that tells one from another. */
export interface IdxSource {
  /** On the command line, and its folder: `"mnist"`. */
  name: string;
  /** In prose: `"MNIST"`. */
  title: string;
  /** The official files. The sums are for downloads; files brought along are checked for structure only. */
  files: Readonly<Record<"train" | "test", IdxFiles>>;
  /** Folders on the web that hold the official files, in the order in which they are tried. */
  mirrors: readonly string[];
  /** Rows and columns of an image, in pixels. */
  side: number;
  /** A name for each class, in the order of the labels. */
  classNames: readonly string[];
}

/**
 * Reads a split from `<directory>/<name>/`, where the files have their official names, packed (`.gz`) or
 * unpacked. Needs the permission to read that folder.
 *
 * @returns Images of shape [count, side, side, 1] with labels 0 to 9.
 * @throws {RunError} If a file is missing, no file, damaged, or does not belong to the other.
 */
export async function loadIdxSet(
  source: IdxSource,
  directory: string,
  split: "train" | "test",
): Promise<ImageSet> {
  const { name, title, side, classNames } = source;
  const images = await readIdxFile(source, directory, source.files[split].images);
  const labels = await readIdxFile(source, directory, source.files[split].labels);
  const pictures = parseIdxImages(images.bytes, images.path);
  const classes = parseIdxLabels(labels.bytes, labels.path);
  if (pictures.height !== side || pictures.width !== side) {
    throw new RunError(
      `Cannot use ${images.path} as ${title}: its images are ${pictures.height}x${pictures.width} ` +
        `pixels, ${title}'s are ${side}x${side}`,
    );
  }
  if (pictures.count !== classes.length) {
    throw new RunError(
      `Cannot join ${images.path} with ${labels.path}: ${pictures.count} images, ` +
        `but ${classes.length} labels; take both from one source`,
    );
  }
  return { name, split, channels: 1, ...pictures, labels: classes, classNames: [...classNames] };
}

/**
 * Which of the four files are there, packed or unpacked.
 *
 * @throws {RunError} If there is a directory in the place of one.
 */
export async function findIdxSet(source: IdxSource, directory: string): Promise<Presence> {
  const presence: Presence = { found: [], missing: [] };
  for (const { images, labels } of Object.values(source.files)) {
    for (const { name } of [images, labels]) {
      const path = await findIdxFile(join(directory, source.name), name);
      presence[path === undefined ? "missing" : "found"].push(name);
    }
  }
  return presence;
}

/**
 * Where one of the official files lies, unpacked or packed; undefined where it is missing.
 *
 * @param name Official name, ending in `.gz`.
 * @throws {RunError} If there is a directory in its place.
 */
export async function findIdxFile(folder: string, name: string): Promise<string | undefined> {
  for (const path of [join(folder, name.replace(/\.gz$/, "")), join(folder, name)]) {
    if (await fileSize(path) !== undefined) return path;
  }
}

/** The unpacked contents of one file, and where it was. */
async function readIdxFile(source: IdxSource, directory: string, { name }: IdxFile) {
  const folder = join(directory, source.name);
  const path = await findIdxFile(folder, name);
  if (path === undefined) {
    const state = `no ${name} (or ${name.replace(/\.gz$/, "")}) in ${folder}`;
    throw notFound(source.title, source.name, state, "the four official files");
  }
  const bytes = await onDisk(`read ${path}`, Deno.readFile(path));
  return { path, bytes: await gunzip(bytes, path) };
}
