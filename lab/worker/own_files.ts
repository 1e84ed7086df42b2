/// <reference lib="dom" />
/** Images from files that a visitor drops: nothing leaves the machine. */
import { parseCsv } from "../../data/formats/csv.ts";
import { gunzip, mostUnpacked } from "../../data/formats/gzip.ts";
import { readIdx } from "../../data/formats/idx.ts";
import { brightness, resizePicture } from "../../data/formats/resize.ts";
import { RunError } from "../../src/base/errors.ts";
import { type ImageSet, part, picked, type Sets, subset } from "../../src/dataset/image_set.ts";
import { classesOf, emptyLabels, type Labels } from "../../src/dataset/labels.ts";
import type { GivenFile } from "../messages.ts";
import { Random } from "../../src/model/random.ts";
import { classPictures } from "./class_folders.ts";

/** Share of a single set that is kept for tests, and the most of those. */
const TEST_SHARE = 0.15, MOST_TEST = 1000;
/** Pictures of a folder become so many pixels square, in grey; larger ones than that many are made smaller first. */
const SIDE = 28, MOST_SIDE = 2048;
/** Pictures at the most: each is unpacked by itself. */
const MOST_PICTURES = 100_000;
/** Classes at the most: each has a color, a center and a column. */
const MOST_CLASSES = 1000;

/** What says that a file is to train on, or to test on: its name, or the folders around it where that says nothing. */
const TRAIN = /train/i, TEST = /t10k|test/i;

function isFor(split: RegExp, path: string): boolean {
  const name = path.split("/").at(-1)!;
  return split.test(TRAIN.test(name) || TEST.test(name) ? name : path);
}

/** Sets, and what was left out of them, in words. */
export type OwnSets = Sets & { note?: string };

/**
 * Training and test images of what was dropped: MNIST's IDX files (packed or not), one CSV file or two, or pictures in a
 * folder a class. What is hidden (a part of its path starts with a dot) is not looked at.
 *
 * @throws {RunError} For what is none of these, or is damaged.
 */
export async function setsOf(files: readonly GivenFile[]): Promise<OwnSets> {
  const sets = await readSets(files), { length } = sets.train.classNames;
  if (length > MOST_CLASSES) {
    throw new RunError(
      `${files[0].path} has labels to ${
        length - 1
      }: the page takes ${MOST_CLASSES} classes at the most`,
    );
  }
  if (new Set(sets.train.labels).size > 1) return sets;
  throw new RunError(`${files[0].path} has a single class: there is nothing to tell apart`);
}

async function readSets(given: readonly GivenFile[]): Promise<OwnSets> {
  const named = (pattern: RegExp) =>
    given.filter(({ path }) => pattern.test(path) && !/(^|\/)\./.test(path));
  const idx = named(/(idx\d|ubyte)(\.gz)?$/i), csv = named(/\.csv(\.gz)?$/i);
  const pictures = named(/\.(png|jpe?g)$/i);
  if (idx.length > 0) return await idxSets(idx);
  if (csv.length > 0) return await csvSets(csv);
  if (pictures.length > 1) return await pictureSets(pictures);
  throw new RunError(
    `Cannot train on ${given.map(({ path }) => path).slice(0, 3).join(", ") || "nothing"}: ` +
      "drop MNIST's four files, a CSV file with labels, or a folder with a folder of pictures for each class",
  );
}

/** The contents of a file. It may have changed since it was dropped, and cannot be read then. */
function contentsOf({ file, path }: GivenFile): ReturnType<typeof gunzip> {
  const pieces = async function* () {
    try {
      yield* file.stream() as unknown as AsyncIterable<Uint8Array<ArrayBuffer>>;
    } catch (error) {
      throw new RunError(`Cannot read ${path}: ${(error as Error).message}`);
    }
  };
  return gunzip(pieces(), path, file.size);
}

async function idxSets(given: readonly GivenFile[]): Promise<Sets> {
  const find = (split: RegExp, part: RegExp) =>
    given.find(({ path }) => isFor(split, path) && part.test(path));
  const read = async (name: string, split: RegExp): Promise<ImageSet | undefined> => {
    const images = find(split, /images|idx3/i), labels = find(split, /labels|idx1/i);
    if (!images && !labels) return undefined;
    if (!images || !labels) {
      throw new RunError(`The ${images ? "labels" : "images"} of the ${name} set are missing`);
    }
    const pixels = await readIdx(contentsOf(images), images.path, "images");
    const classes = await readIdx(contentsOf(labels), labels.path, "labels");
    const [count, height, width] = pixels.sizes;
    if (classes.sizes[0] !== count) {
      throw new RunError(`${labels.path} has ${classes.sizes[0]} labels for ${count} images`);
    }
    return made(name, { height, width, channels: 1, images: pixels.bytes, labels: classes.bytes });
  };
  const train = await read("train", TRAIN), test = await read("test", TEST);
  if (train && test) return alike(train, test);
  const only = train ?? test;
  if (!only) throw new RunError("The names of the files say neither train nor t10k");
  return divided(only);
}

async function csvSets(given: readonly GivenFile[]): Promise<Sets> {
  const sets: ImageSet[] = [];
  if (given.length > 2) {
    throw new RunError(
      `${given.length} CSV files are too many: drop one, or one to train on and one to test on`,
    );
  }
  for (const it of given) {
    const { path, file } = it;
    const { labels, ...shape } = await parseCsv(contentsOf(it), path, mostUnpacked(file.size));
    if (labels) sets.push(made(isFor(TEST, path) ? "test" : "train", { ...shape, labels }));
    else if (given.length === 1) throw new RunError(`${path} has no column "label"`);
  }
  const names = given.map(({ path }) => path).join(" and ");
  if (sets.length === 0) throw new RunError(`${names} have no column "label"`);
  if (sets.length === 2 && sets[0].split === sets[1].split) {
    throw new RunError(`${names} are both to ${sets[0].split}: name one train and the other test`);
  }
  const train = sets.find(({ split }) => split === "train"), test = sets.find((s) => s !== train);
  return train && test ? alike(train, test) : divided(sets[0]);
}

async function pictureSets(given: readonly GivenFile[]): Promise<OwnSets> {
  const pictures = classPictures(given), { length: count } = pictures;
  const classNames = [...new Set(pictures.map(({ name }) => name))].sort();
  if (classNames.length < 2) {
    throw new RunError(
      "Put the pictures of each class into a folder of its own, and drop the folder around them",
    );
  }
  if (count > MOST_PICTURES) {
    throw new RunError(
      `${count} pictures are too many: the page takes ${MOST_PICTURES}, a CSV file may hold more`,
    );
  }
  const size = SIDE * SIDE, images = new Uint8Array(count * size);
  const labels = emptyLabels(count, classNames.length);
  for (const [i, { file, path, name }] of pictures.entries()) {
    images.set(await greyPicture(file, path), i * size);
    labels[i] = classNames.indexOf(name);
  }
  const shape = { height: SIDE, width: SIDE, channels: 1 };
  const all = { ...made("train", { ...shape, images, labels }), classNames };
  const [train, test] = ["train", "test"].map((split) => ({
    ...picked(all, pictures.flatMap((it, i) => it.split === split ? [i] : [])),
    split,
  }));
  const sets = train.count > 0 && test.count > 0 ? alike(train, test) : divided(all);
  const leftOut = given.length - count;
  return { ...sets, ...leftOut > 0 && { note: `left out: pictures in no class (${leftOut})` } };
}

/** A picture as a training image is: small, grey. The browser unpacks it, whatever its format. */
async function greyPicture(file: File, path: string): Promise<Uint8Array<ArrayBuffer>> {
  const picture = await createImageBitmap(file).catch(() => {
    throw new RunError(`Cannot read ${path}: it is no picture that this browser knows`);
  });
  const scale = Math.min(1, MOST_SIDE / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((n) => Math.ceil(n * scale));
  const context = new OffscreenCanvas(width, height).getContext("2d")!;
  context.drawImage(picture, 0, 0, width, height);
  picture.close();
  const { data } = context.getImageData(0, 0, width, height);
  return brightness(
    resizePicture({ width, height, rgba: new Uint8Array(data.buffer) }, SIDE, SIDE),
  );
}

function made(
  split: string,
  given: Pick<ImageSet, "height" | "width" | "channels" | "images"> & { labels: Labels },
): ImageSet {
  const classNames = Array.from({ length: classesOf(given.labels) }, (_, k) => String(k));
  return { name: "own", split, count: given.labels.length, classNames, ...given };
}

/** The same names of classes for both, whose images are of one size. */
function alike(train: ImageSet, test: ImageSet): Sets {
  const [here, there] = [train, test].map(({ height, width, channels }) =>
    `${height}x${width} pixels of ${channels} values`
  );
  if (here !== there) {
    throw new RunError(`Training images have ${here}, test images ${there}: they must be alike`);
  }
  const names = [train, test].map(({ classNames }) => classNames);
  const classNames = names[0].length >= names[1].length ? names[0] : names[1];
  return { train: { ...mixed(train), classNames }, test: { ...mixed(test), classNames } };
}

/** In another order: the page takes the first ones, and files often have a class after the other. */
function mixed(set: ImageSet): ImageSet {
  return picked(set, new Random(1, "shuffle").permutation(set.count));
}

/** A set in a mixed order, its end kept for tests. */
function divided(set: ImageSet): Sets {
  if (set.count < 2) throw new RunError("A single image cannot be both trained and tested on");
  const all = mixed(set);
  const tested = Math.max(1, Math.min(MOST_TEST, Math.round(TEST_SHARE * set.count)));
  const trained = set.count - tested;
  return {
    train: subset(all, trained),
    test: { ...part(all, trained, set.count), split: "test" },
  };
}
