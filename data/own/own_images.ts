/**
 * Somebody's own images, to train on and to test with.
 *
 * @module
 */
import { onlyOptions } from "../../src/base/choice.ts";
import { checkTwoClasses, type LabelledImages, readLabelledCsv } from "../sets/csv_file.ts";
import type { PixelShape } from "../formats/csv_header.ts";
import { type FolderImages, loadFolder } from "./folder_set.ts";
import { holdOut, shuffle, TEST_ORDER, TRAIN_ORDER } from "./hold_out.ts";
import type { ImageSet } from "../../src/dataset/image_set.ts";
import { type Labels, labelsAt, relabelled } from "../../src/dataset/labels.ts";
import { nameOf, parseSource, type Source } from "./source.ts";
import { RunError } from "../../src/base/errors.ts";

/** Where one's own images are, and what to make of them. */
export interface OwnImagesOptions extends PixelShape {
  /** `folder:DIR`, one folder of PNG or JPEG files a class, or `csv:FILE`, with labels. */
  source: string;
  /** Images to test with, of the same classes, in the same words; else a share of the source is held out. */
  test?: string;
  /** The share of each class to hold out where there is no `test`: above 0, below 1. */
  testShare: number;
  /** Draws the share that is held out, and the order of the images: a whole number from 0 to 2^32 - 1. */
  seed: number;
}

/** One's own images, ready to be trained on. */
export interface OwnImages {
  /** To train on. */
  train: ImageSet;
  /** To test with: other images of the same classes. */
  test: ImageSet;
  /** What was left out, if anything, and that all pixels are nearly black, if so, in a sentence. */
  note?: string;
}

/**
 * Loads one's own images.
 *
 * Pictures of a folder are given `height` and `width`; without, all must have one size. Lines of a CSV file are read as
 * having that size; without, they are square. Images are put into an order drawn by the seed, so that the first
 * ones are of all classes, whatever the order of the files. Needs the permission to read them.
 *
 * ```ts ignore
 * import { loadOwnImages } from "../../data.ts";
 *
 * const { train, test } = await loadOwnImages({
 *   source: "folder:flowers", testShare: 0.2, height: 32, width: 32, seed: 1,
 * });
 * train.classNames; // ["daisy", "rose", "tulip"]
 * ```
 *
 * @throws {UsageError} If `source` or `test` is neither `folder:DIR` nor `csv:FILE`.
 * @throws {RunError} If files are missing or broken, there are fewer than two classes, a class has one image only
 * where a share is held out, or the classes of `test` are not those of the source.
 * @throws {RangeError} If `testShare` is not above 0 and below 1, `seed` no whole number below 2^32, `height` or `width` no
 * whole number from 1 or given without the other, or `channels` neither 1 nor 3.
 */
export async function loadOwnImages(options: OwnImagesOptions): Promise<OwnImages> {
  check(options);
  const { test: testSource, testShare, seed } = options, from = parseSource(options.source);
  const testFrom = testSource === undefined ? undefined : parseSource(testSource);
  const trainName = { name: nameOf(from), split: "train" };
  const testName = { name: nameOf(from), split: "test" };
  const all = await load(from, options);
  checkTwoClasses(all, from.path);
  if (testFrom === undefined) {
    checkCounts(all, from.path);
    const { train, test } = holdOut(all.labels, testShare, seed);
    shuffle(train, seed, TRAIN_ORDER);
    shuffle(test, seed, TEST_ORDER);
    const order = new Uint32Array(all.count);
    order.set(train);
    order.set(test, train.length);
    const ordered = inOrder(all, order);
    return {
      train: partOf(ordered, 0, train.length, trainName),
      test: partOf(ordered, train.length, all.count, testName),
      ...all.note && { note: all.note },
    };
  }
  const other = await load(testFrom, all);
  const labels = sameClasses(all, other, testFrom.path);
  const held = { ...other, labels, classNames: all.classNames };
  const notes = [all.note, other.note && `of the test images ${other.note}`].filter(Boolean);
  return {
    train: shuffled(all, trainName, seed, TRAIN_ORDER),
    test: shuffled(held, testName, seed, TEST_ORDER),
    ...notes.length > 0 && { note: notes.join("; ") },
  };
}

function check(options: OwnImagesOptions): void {
  const known = ["source", "test", "testShare", "height", "width", "channels", "seed"] as const;
  const given = onlyOptions("load images", options, known);
  const { testShare, test, height, width, channels, seed } = given;
  if (test === undefined && !(testShare > 0 && testShare < 1)) {
    throw new RangeError(`Cannot hold out a share of ${testShare}: it must be above 0 and below 1`);
  }
  if (seed !== seed >>> 0) {
    throw new RangeError(
      `Cannot order images by seed ${seed}: it must be a whole number from 0 to 4294967295`,
    );
  }
  if ((height === undefined) !== (width === undefined)) {
    throw new RangeError("Cannot make images of a height or a width alone: give both");
  }
  for (const [what, value] of Object.entries({ height, width })) {
    if (value !== undefined && (!Number.isInteger(value) || value < 1)) {
      throw new RangeError(
        `Cannot make images of ${what} ${value}: it must be a whole number from 1`,
      );
    }
  }
  if (channels !== undefined && channels !== 1 && channels !== 3) {
    throw new RangeError(`Cannot make images of ${channels} channels: it must be 1 or 3`);
  }
}

async function load(
  { kind, path }: Source,
  { height, width, channels }: PixelShape,
): Promise<FolderImages> {
  const shape = { height, width, channels };
  const all = kind === "folder" ? await loadFolder(path, shape) : await loadCsv(path, shape);
  const notes = [all.note, all.images.some((value) => value > 1) ? "" : ALL_DARK].filter(Boolean);
  return { ...all, ...notes.length > 0 && { note: notes.join("; ") } };
}

/** What is said of images whose white may be 1. */
const ALL_DARK = "all values of pixels are 0 or 1, where 255 is white: " +
  "multiply them by 255 if 1 should be white";

async function loadCsv(path: string, shape: PixelShape): Promise<FolderImages> {
  // A CSV file may skip numbers: classes are those that occur.
  const all = await readLabelledCsv(path, shape);
  const kept = [...new Set(all.labels)].sort((a, b) => a - b);
  return {
    ...all,
    labels: relabelled(all.labels, new Map(kept.map((label, k) => [label, k])), kept.length),
    classNames: kept.map((label) => all.classNames[label]),
  };
}

/** One image cannot be on both sides. */
function checkCounts({ labels, classNames }: LabelledImages, path: string): void {
  const counts = new Uint32Array(classNames.length);
  for (const label of labels) counts[label]++;
  const lonely = counts.indexOf(1);
  if (lonely >= 0) {
    throw new RunError(
      `Cannot hold out images of ${path}: class ${classNames[lonely]} has one only; ` +
        "add another, or name a second source for the test (--test-data)",
    );
  }
}

/** The labels of the test images by the classes of those to train on, which must be the same. */
function sameClasses(all: LabelledImages, other: LabelledImages, path: string): Labels {
  const [here, there] = [all, other].map(({ labels, classNames }) =>
    new Set(Array.from(new Set(labels), (label) => classNames[label]))
  );
  const refuse = (state: string) => new RunError(`Cannot test with ${path}: ${state}`);
  const [unknown] = there.difference(here), [missing] = here.difference(there);
  if (unknown !== undefined) throw refuse(`its class ${unknown} is none to train on`);
  if (missing !== undefined) throw refuse(`it has no images of class ${missing}`);
  const numbers = new Map(all.classNames.map((name, k) => [name, k]));
  const places = new Map(other.classNames.map((name, k) => [k, numbers.get(name) ?? NaN]));
  return relabelled(other.labels, places, all.classNames.length);
}

/** All images, in the order that the seed draws; those given are gone. */
function shuffled(
  all: LabelledImages,
  named: Pick<ImageSet, "name" | "split">,
  seed: number,
  stream: number,
): ImageSet {
  const order = Uint32Array.from({ length: all.count }, (_, i) => i);
  shuffle(order, seed, stream);
  return partOf(inOrder(all, order), 0, all.count, named);
}

/**
 * All images in another order: at each place the image that stands at `order[place]` now. They are moved within their
 * memory, because a copy of all of them might not fit beside them; `order` is used up.
 */
function inOrder(all: LabelledImages, order: Uint32Array): LabelledImages {
  const { images, count } = all, size = images.length / count;
  const labels = labelsAt(all.labels, order);
  const first = new Uint8Array(size);
  for (let start = 0; start < count; start++) {
    if (order[start] === start) continue;
    // A cycle: each place takes its image from the next, the last one that of the first.
    first.set(images.subarray(start * size, (start + 1) * size));
    let to = start;
    for (let from = order[to]; from !== start; from = order[to]) {
      images.copyWithin(to * size, from * size, (from + 1) * size);
      order[to] = to;
      to = from;
    }
    images.set(first, to * size);
    order[to] = to;
  }
  return { ...all, labels };
}

/** Some images that stand side by side, as a set that shares their memory. */
function partOf(
  { height, width, channels, images, labels, classNames }: LabelledImages,
  from: number,
  to: number,
  named: Pick<ImageSet, "name" | "split">,
): ImageSet {
  const size = height * width * channels;
  const shape = { count: to - from, height, width, channels };
  return {
    ...{ ...named, ...shape, classNames },
    images: images.subarray(from * size, to * size),
    labels: labels.subarray(from, to),
  };
}
