/** Features and centers of an epoch, in the files of a run folder. */
import { join } from "../../src/base/path.ts";
import { type Lines, numberIn, readLines } from "../../src/base/csv_lines.ts";
import { RunError } from "../../src/base/errors.ts";
import { readIfThere } from "../../src/base/files.ts";
import { decodeNpy, encodeNpy } from "../../src/base/npy.ts";
import type { Sets } from "../../src/dataset/image_set.ts";
import { epochFile } from "./path.ts";

/** The table of centers, or of class means where none are learned. */
export const CENTERS = "centers.csv";

/** Above two dimensions, the features of the first so many samples of each set are kept; those of the last epoch all. */
export const KEPT_SAMPLES = 5000;

/** Features of one epoch, `[samples, dim]` each: of the first samples of each set, in its order. */
export interface Features {
  train: Float32Array<ArrayBuffer>;
  test: Float32Array<ArrayBuffer>;
}

/** How many of a set's samples the file of an epoch before the last holds. */
function keptOf(set: { count: number }, dim: number): number {
  return dim === 2 ? set.count : Math.min(set.count, KEPT_SAMPLES);
}

/** The features that every epoch keeps. */
export function keptFeatures({ train, test }: Features, dim: number): Features {
  const of = (rows: Features["train"]) =>
    rows.subarray(0, keptOf({ count: rows.length / dim }, dim) * dim);
  return { train: of(train), test: of(test) };
}

/** Rows of the training set, then of the test set, as a `.npy` file. */
export function encodeRows(
  { train, test }: Record<"train" | "test", Float32Array>,
  width: number,
): Uint8Array<ArrayBuffer> {
  const rows = new Float32Array(train.length + test.length);
  rows.set(train);
  rows.set(test, train.length);
  return encodeNpy([rows.length / width, width], rows);
}

/**
 * What `features/epoch-NNN.npy` holds, or undefined when it is not there. A training sample that the epoch left out is NaN.
 *
 * @throws {RunError} When the file is broken, or of sets of other sizes.
 */
export async function readFeatures(
  folder: { readonly path: string },
  epoch: number,
  dim: number,
  { train, test }: Sets,
): Promise<Features | undefined> {
  const path = join(folder.path, epochFile("features", epoch));
  const bytes = await readIfThere(path);
  if (!bytes) return undefined;
  const rows = decodeNpy(bytes, path);
  const whole = [train.count * dim, test.count * dim];
  const kept = [keptOf(train, dim) * dim, keptOf(test, dim) * dim];
  const sizes = [whole, kept].find(([a, b]) => a + b === rows.length);
  if (!sizes) {
    const wanted = [...new Set([whole, kept].map(([a, b]) => a + b))].join(" or ");
    throw new RunError(
      `${path} holds ${rows.length} numbers, but the sets of this run make ${wanted}`,
    );
  }
  return { train: rows.subarray(0, sizes[0]), test: rows.subarray(sizes[0]) };
}

/**
 * The centers after each epoch, `[classes, dim]`, by its number; none where there is no such table.
 *
 * @throws {RunError} When a line of the table is damaged.
 */
export async function readCenters(
  folder: { readonly path: string },
): Promise<Map<number, Float32Array>> {
  return centersOf(
    await readLines(join(folder.path, CENTERS), { needed: ["epoch", "class"] }) ?? [],
  );
}

/** The centers of each epoch, `[classes, dim]`, from the lines of `centers.csv`. */
export function centersOf(lines: Lines): Map<number, Float32Array> {
  const values = new Map<number, number[]>();
  for (const line of lines) {
    const epoch = numberIn(line, "epoch"), all = values.get(epoch) ?? [];
    values.set(epoch, all);
    for (const name in line) if (/^x\d+$/.test(name)) all.push(numberIn(line, name));
  }
  return new Map([...values].map(([epoch, all]) => [epoch, Float32Array.from(all)]));
}
