/** What the page's map of a run is drawn from: features of all epochs, in the plane or in space, and what is said of a sample. */
import { join } from "node:path";
import { isThere } from "../../../src/base/files.ts";
import { percent } from "../../../src/base/format.ts";
import type { Sets } from "../../../src/dataset/image_set.ts";
import { featureRange } from "../../../src/figures/mod.ts";
import { pca, type PcaBasis, project } from "../../../src/metrics/pca.ts";
import type { Config } from "../../run_folder/config.ts";
import { readCenters, readFeatures } from "../../run_folder/features.ts";
import { epochFile } from "../../run_folder/path.ts";
import { base64 } from "../base64.ts";
import { distancesTo, placeOfLeast } from "../../../src/metrics/one_sample.ts";
import { quantize } from "./quantize.ts";

/** The parts of a data set, as the page names them. */
export type Split = "train" | "test";

/** A map, as the page's script reads it. */
export interface MapData {
  /** Two or three numbers a sample. */
  width: number;
  /** Whether they are principal components: distances are then those of the whole features, and are given. */
  projected: boolean;
  /** Numbers of the epochs. */
  epochs: number[];
  /** Names of the axes. */
  axes: string[];
  /** Of each epoch and class, in the same coordinates; null where there is none, of all classes or of one. */
  centers: ((number[] | null)[] | null)[];
  train: SamplesData;
  test: SamplesData;
}

/** The samples of one part. */
export interface SamplesData {
  count: number;
  /** Places in the set and labels, of 32 bits each. */
  index: string;
  labels: string;
  /** What the plane shows of it: the figures' own range. */
  range: { xMin: number; xMax: number; yMin: number; yMax: number };
  /** Of each epoch columns of 16 bits: the coordinates; of projected ones also the distance to the own center and the nearest one. */
  epochs: { values: string; scales: [number, number][]; nearest?: string }[];
}

/** Which samples a map shows. */
export interface Chosen {
  epochs: number[];
  train: Int32Array;
  test: Int32Array;
}

/** How many samples of each part have features, and in which epochs; undefined where the last epoch has none. */
export async function keptIn(
  path: string,
  { plan }: Config,
  finished: number,
  sets: Sets,
): Promise<{ epochs: number[]; train: number; test: number } | undefined> {
  const dim = plan.recipe.featureDim;
  if (dim < 2) return undefined;
  const epochs: number[] = [];
  for (let epoch = 1; epoch <= finished; epoch++) {
    if (await isThere(join(path, epochFile("features", epoch)))) epochs.push(epoch);
  }
  // All epochs keep as many samples, but the last of many dimensions more.
  const first = await readFeatures({ path }, epochs[0], dim, sets);
  if (!first || epochs.at(-1) !== finished) return undefined;
  return { epochs, train: first.train.length / dim, test: first.test.length / dim };
}

/** So many of `count`, evenly spaced. */
export function spread(count: number, most: number): Int32Array {
  const n = Math.min(count, most);
  return Int32Array.from({ length: n }, (_, i) => Math.floor(i * count / n));
}

/** Letters that a sample takes in so many epochs of a map. */
export function lettersOf(dim: number, epochs: number): number {
  // Two bytes for each coordinate, of projected ones also for two distances and a class; three bytes are four letters.
  return epochs * 2 * (dim === 2 ? 2 : 6) * 4 / 3;
}

/** Reads the features of the chosen samples. */
export async function mapData(
  path: string,
  { plan }: Config,
  sets: Sets,
  chosen: Chosen,
): Promise<MapData> {
  const dim = plan.recipe.featureDim, projected = dim > 2;
  const width = projected ? 3 : 2;
  const last = (await readFeatures({ path }, chosen.epochs.at(-1)!, dim, sets))!;
  const basis = projected ? pca(last.train, dim, 3) : undefined;
  const allCenters = await readCenters({ path });
  const centers: MapData["centers"] = [];
  const parts = {
    train: new Samples(chosen.train, sets.train.labels),
    test: new Samples(chosen.test, sets.test.labels),
  };
  for (const epoch of chosen.epochs) {
    const features = (await readFeatures({ path }, epoch, dim, sets))!;
    const own = allCenters.get(epoch);
    centers.push(own ? rowsOf(basis ? project(own, basis) : own, width) : null);
    for (const split of ["train", "test"] as const) {
      parts[split].add(features[split], dim, basis, own);
    }
  }
  const { range } = plan.figures ?? {};
  const ended = Float32Array.from((centers.at(-1) ?? []).flatMap((row) => row?.slice(0, 2) ?? []));
  const fixed = range !== undefined && !projected
    ? { xMin: -range, xMax: range, yMin: -range, yMax: range }
    : undefined;
  return {
    width,
    projected,
    epochs: chosen.epochs,
    axes: basis
      ? Array.from(
        basis.shares,
        (share, k) => `principal component ${k + 1} (${percent(share, 0)} of the variance)`,
      )
      : ["feature 1", "feature 2"],
    centers,
    train: parts.train.data(fixed, ended),
    test: parts.test.data(fixed, ended),
  };
}

/** Samples of one part, epoch by epoch. */
class Samples {
  readonly #index: Int32Array;
  readonly #labels: Int32Array;
  readonly #epochs: SamplesData["epochs"] = [];
  readonly #points: Float32Array[] = [];

  constructor(index: Int32Array, labels: ArrayLike<number>) {
    this.#index = index;
    this.#labels = Int32Array.from(index, (i) => labels[i]);
  }

  /** Adds an epoch's features, of all samples that it kept. */
  add(
    features: Float32Array,
    dim: number,
    basis: PcaBasis | undefined,
    centers: Float32Array | undefined,
  ): void {
    const n = this.#index.length, rows = new Float32Array(n * dim);
    this.#index.forEach((i, k) => rows.set(features.subarray(i * dim, (i + 1) * dim), k * dim));
    const points = basis ? project(rows, basis) : rows;
    const width = points.length / n || dim;
    const column = (c: number) => Float64Array.from({ length: n }, (_, i) => points[i * width + c]);
    const columns = Array.from({ length: width }, (_, c) => column(c));
    const plane = new Float32Array(2 * n);
    for (let i = 0; i < n; i++) plane.set([columns[0][i], columns[1][i]], 2 * i);
    this.#points.push(plane);
    if (!basis || !centers) {
      const { values, scales } = quantize(columns);
      this.#epochs.push({ values: base64(values), scales });
      return;
    }
    const own = new Float64Array(n), least = new Float64Array(n), nearest = new Uint16Array(n);
    for (let i = 0; i < n; i++) {
      const distances = distancesTo(rows.subarray(i * dim, (i + 1) * dim), centers);
      own[i] = distances[this.#labels[i]];
      nearest[i] = placeOfLeast(distances);
      least[i] = distances[nearest[i]];
    }
    const { values, scales } = quantize([...columns, own, least]);
    this.#epochs.push({ values: base64(values), scales, nearest: base64(nearest) });
  }

  /** @param centers Of the last epoch, `[classes, 2]`. */
  data(fixed?: SamplesData["range"], centers?: Float32Array): SamplesData {
    return {
      count: this.#index.length,
      index: base64(this.#index),
      labels: base64(this.#labels),
      range: fixed ?? featureRange(this.#points, centers),
      epochs: this.#epochs,
    };
  }
}

/** Rows as lists, with the digits that float32 has; null for one that is NaN. */
function rowsOf(values: Float32Array, width: number): (number[] | null)[] {
  return Array.from({ length: values.length / width }, (_, k) => {
    const row = values.subarray(k * width, (k + 1) * width);
    return row.some(Number.isNaN) ? null : Array.from(row, (v) => Number(v.toPrecision(7)));
  });
}
