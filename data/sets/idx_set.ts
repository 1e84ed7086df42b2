/**
 * Data sets in four IDX files, as MNIST is published and others after it.
 *
 * @module
 */
import { join } from "node:path";
import { RunError } from "../../src/base/errors.ts";
import { fileSize } from "../../src/base/files.ts";
import { idxBytes, parseIdxImages, parseIdxLabels, readIdx, readIdxSizes } from "../formats/idx.ts";
import type { ImageSet } from "../../src/dataset/image_set.ts";
import { notFound, type Presence } from "./missing.ts";
import { sha256Of } from "../download/sums.ts";

/** One file as it is downloaded. */
export interface IdxFile {
  /** Official name, ending in `.gz`. */
  name: string;
  /** Published MD5 of the compressed file, in hexadecimal digits. */
  md5: string;
  /** SHA-256 of the published contents, unpacked, whatever packs them. */
  sha256?: string;
  /** Bytes that a download may have at the most. */
  most?: number;
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
  /**
   * The official files. Downloads have these sums; files brought along are checked for structure, and others than the
   * published ones are used, with a word.
   */
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
  const images = await officialFile(source, directory, source.files[split].images);
  const labels = await officialFile(source, directory, source.files[split].labels);
  // Headers first: what does not belong together is not read.
  const [count, height, width] = await readIdxSizes(images, "images");
  const [labelled] = await readIdxSizes(labels, "labels");
  if (height !== side || width !== side) {
    throw new RunError(
      `Cannot use ${images} as ${title}: its images are ${height}x${width} ` +
        `pixels, ${title}'s are ${side}x${side}`,
    );
  }
  if (count !== labelled) {
    throw new RunError(
      `Cannot join ${images} with ${labels}: ${count} images, ` +
        `but ${labelled} labels; take both from one source`,
    );
  }
  const classes = parseIdxLabels(await readIdx(labels, "labels"), labels);
  const pictures = parseIdxImages(await readIdx(images, "images"), images);
  return { name, split, channels: 1, ...pictures, labels: classes, classNames: [...classNames] };
}

/**
 * What of a split is not as it was published, `"images"` or `"labels"`; nothing where the sums of the contents are right, or
 * not known.
 */
export async function unpublishedParts(
  source: IdxSource,
  { split, count, height, width, images, labels }: ImageSet,
): Promise<("images" | "labels")[]> {
  const files = source.files[split as "train" | "test"];
  const contents = {
    images: idxBytes([count, height, width], images),
    labels: idxBytes([count], labels as Uint8Array<ArrayBuffer>),
  };
  const parts = await Promise.all((["images", "labels"] as const).map(async (part) => {
    const { sha256 } = files[part];
    return sha256 === undefined || sha256 === await sha256Of(contents[part]) ? [] : [part];
  }));
  return parts.flat();
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

/** Where one of the official files lies, which must be there. */
async function officialFile(
  source: IdxSource,
  directory: string,
  { name }: IdxFile,
): Promise<string> {
  const folder = join(directory, source.name);
  const path = await findIdxFile(folder, name);
  if (path === undefined) {
    const state = `no ${name} (or ${name.replace(/\.gz$/, "")}) in ${folder}`;
    throw notFound(source.title, source.name, state, "the four official files");
  }
  return path;
}
