/**
 * Data sets in four IDX files, as MNIST is published and others after it.
 *
 * @module
 */
import { checkChoice } from "../../src/base/choice.ts";
import { join } from "../../src/base/path.ts";
import { RunError } from "../../src/base/errors.ts";
import { fileSize } from "../../src/base/files.ts";
import { sha256 } from "../../src/base/sha256.ts";
import type { ImageSet } from "../../src/dataset/image_set.ts";
import { notFound, type Presence } from "../download/directory.ts";
import { download, type DownloadReport } from "../download/download.ts";
import { type IdxArray, idxBytes, type IdxPart, readIdx } from "../formats/idx.ts";
import { unpacked } from "./unpacked.ts";

/** What tells one data set in four IDX files from another. */
export interface IdxSource {
  /** On the command line, and its folder: `"mnist"`. */
  name: string;
  /** Its name in sentences: `"MNIST"`. */
  title: string;
  /**
   * SHA-256 of the published contents, unpacked, whatever packs them. Downloads must have these; other files that the user
   * brought are used, with a word.
   */
  sha256: Readonly<Record<"train" | "test", Readonly<Record<IdxPart, string>>>>;
  /** Folders on the web that hold the official files, in the order in which they are tried. */
  mirrors: readonly string[];
  /** Rows and columns of an image, in pixels. */
  side: number;
  /** A name for each class, in the order of the labels. */
  classNames: readonly string[];
}

/** The official names. */
const FILES = {
  train: { images: "train-images-idx3-ubyte.gz", labels: "train-labels-idx1-ubyte.gz" },
  test: { images: "t10k-images-idx3-ubyte.gz", labels: "t10k-labels-idx1-ubyte.gz" },
} as const;
const PARTS = ["images", "labels"] as const;

/** Bytes that a download may have: Fashion-MNIST's largest file has 26 million. */
const MOST_BYTES = { images: 30e6, labels: 1e5 } as const;

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
  checkChoice(`load ${title}`, "split", split, ["train", "test"]);
  const pathOf = async (part: IdxPart) => {
    const file = FILES[split][part], folder = join(directory, name);
    const state = `no ${file} (or ${file.replace(/\.gz$/, "")}) in ${folder}`;
    const path = await findFile(folder, file);
    if (path === undefined) throw notFound(title, name, state, "the four official files");
    return path;
  };
  const images = await pathOf("images"), labels = await pathOf("labels");
  const classes = await readFile(labels, "labels");
  const pictures = await readFile(images, "images", ([count, height, width]) => {
    if (height !== side || width !== side) {
      throw new RunError(
        `Cannot use ${images} as ${title}: its images are ${height}x${width} ` +
          `pixels, ${title}'s are ${side}x${side}`,
      );
    }
    if (count !== classes.bytes.length) {
      throw new RunError(
        `Cannot join ${images} with ${labels}: ${count} images, ` +
          `but ${classes.bytes.length} labels; take both from one source`,
      );
    }
  });
  return {
    ...{ name, split, count: pictures.sizes[0], height: side, width: side, channels: 1 },
    ...{ images: pictures.bytes, labels: classes.bytes, classNames: [...classNames] },
  };
}

function readFile(
  path: string,
  part: IdxPart,
  check?: (sizes: readonly number[]) => void,
): Promise<IdxArray> {
  return readIdx(unpacked(path), path, part, check);
}

/**
 * What of a split is not as it was published, `"images"` or `"labels"`; nothing where the sums of the contents are right.
 */
export async function unpublishedParts(
  source: IdxSource,
  { split, count, height, width, images, labels }: ImageSet,
): Promise<IdxPart[]> {
  const contents = {
    images: { sizes: [count, height, width], bytes: images },
    labels: { sizes: [count], bytes: labels as Uint8Array<ArrayBuffer> },
  };
  const published = source.sha256[split as "train" | "test"];
  const sums = await Promise.all(PARTS.map((part) => sha256(idxBytes(contents[part]))));
  return PARTS.filter((part, i) => sums[i] !== published[part]);
}

/**
 * Which of the four files are there, packed or unpacked.
 *
 * @throws {RunError} If there is a directory in the place of one.
 */
export async function findIdxSet(source: IdxSource, directory: string): Promise<Presence> {
  const presence: Presence = { found: [], missing: [] };
  for (const { images, labels } of Object.values(FILES)) {
    for (const name of [images, labels]) {
      const path = await findFile(join(directory, source.name), name);
      presence[path === undefined ? "missing" : "found"].push(name);
    }
  }
  return presence;
}

/** Where an official file lies, unpacked or packed; undefined where it is missing. */
async function findFile(folder: string, name: string): Promise<string | undefined> {
  for (const path of [join(folder, name.replace(/\.gz$/, "")), join(folder, name)]) {
    if (await fileSize(path) !== undefined) return path;
  }
}

/**
 * Makes sure that the four files lie in `<directory>/<name>/`. Files that are there already, packed or
 * unpacked, are left alone as long as they can be read.
 *
 * @throws {RunError} As {@linkcode download} does.
 */
export async function downloadIdxSet(
  source: IdxSource,
  directory: string,
  report: DownloadReport,
): Promise<void> {
  const folder = join(directory, source.name);
  for (const split of ["train", "test"] as const) {
    for (const part of PARTS) {
      const name = FILES[split][part];
      const path = await findFile(folder, name) ?? join(folder, name);
      const outcome = await download({
        urls: source.mirrors.map((mirror) => mirror + name),
        path,
        sum: {
          name: "SHA-256",
          published: source.sha256[split][part],
          of: async (path) => sha256(idxBytes(await readFile(path, part))),
        },
        most: MOST_BYTES[part],
        check: async (path) => void await readFile(path, part),
        progress: (received, total) => report.progress(name, received, total),
      });
      report.done(path, outcome);
    }
  }
}
