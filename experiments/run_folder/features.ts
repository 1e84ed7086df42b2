/** Features and centers of an epoch, read back from a run folder. */
import type { Sets } from "../../src/dataset/image_set.ts";
import { RunError } from "../../src/base/errors.ts";
import { decodeNpy } from "../../src/base/npy.ts";
import { readIfThere } from "../../src/base/files.ts";
import type { RunFolder } from "./run_folder.ts";

/** Above two dimensions, the features of the first so many samples of each set are kept; those of the last epoch all. */
export const KEPT_SAMPLES = 5000;

/** Features of one epoch, `[samples, dim]` each: of the first samples of each set, in its order. */
export interface Features {
  train: Float32Array<ArrayBuffer>;
  test: Float32Array<ArrayBuffer>;
}

/** How many of a set's samples the file of an epoch before the last holds. */
export function keptOf(set: { count: number }, dim: number): number {
  return dim === 2 ? set.count : Math.min(set.count, KEPT_SAMPLES);
}

/** Those that every epoch has. */
export function keptFeatures({ train, test }: Features, dim: number): Features {
  const of = (rows: Features["train"]) =>
    rows.subarray(0, keptOf({ count: rows.length / dim }, dim) * dim);
  return { train: of(train), test: of(test) };
}

/**
 * What `features/epoch-NNN.npy` holds, or undefined when it is not there.
 *
 * @throws {RunError} When the file is broken, or of sets of other sizes.
 */
export async function readFeatures(
  folder: RunFolder,
  epoch: number,
  dim: number,
  { train, test }: Sets,
): Promise<Features | undefined> {
  const path = folder.featuresPath(epoch);
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
export async function readCenters(folder: RunFolder): Promise<Map<number, Float32Array>> {
  const path = folder.file("centers.csv");
  const text = new TextDecoder().decode(await readIfThere(path));
  const [header, ...lines] = text.split("\n");
  const fields = header.split(",").length;
  const values = new Map<number, number[]>();
  for (const [i, line] of lines.entries()) {
    if (line === "") continue;
    // A NaN is an empty field.
    const [epoch, , ...center] = line.split(",").map((field) => field === "" ? NaN : Number(field));
    const written = line.split(",").every((field) => field === "" || !Number.isNaN(Number(field)));
    if (!written || center.length !== fields - 2) {
      throw new RunError(`${path}, line ${i + 2}, is damaged: it must be ${fields} numbers`);
    }
    const all = values.get(epoch) ?? [];
    values.set(epoch, all);
    all.push(...center);
  }
  return new Map([...values].map(([epoch, all]) => [epoch, Float32Array.from(all)]));
}
