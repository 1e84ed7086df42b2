/** How well features find images of the same class: recall@1, mean average precision, and its part up to R. */
import { distanceRows, sizedForSquares } from "./distance_rows.ts";

/** What a set says of retrieval, each 0 to 1. */
export interface Retrieval {
  /** The share of queries whose nearest other sample is of their class. */
  recallAt1: number;
  /** Mean average precision over all ranks. */
  map: number;
  /** Mean average precision at R, the number of other samples of the query's class (Musgrave, Belongie and Lim 2020). */
  mapAtR: number;
}

/**
 * Retrieval within a set: each sample asks for the others of its class, which should be nearer than all the rest.
 *
 *     AP = 1/R sum over the R others of the class of (those of the class no farther) / (all that are no farther)
 *
 * Samples equally far from a query have no order, so they enter together, as in scikit-learn's `average_precision_score`;
 * those at the boundary of mAP@R count where all of them fit into R places. For recall@1 the share of the nearest that are
 * of the class counts. So no number depends on the order of the samples.
 *
 * No list is sorted as a whole. Of each query only the distances within its class are, and every other sample is counted
 * between two of them by bisection: for 10 classes a tenth of the sorting, exact, and without a matrix of ranks.
 *
 * @param features `[samples, dim]`: finite numbers. Euclidean distances; for cosine give rows of length 1.
 * @param labels `[samples]`: whole numbers from 0.
 * @throws {TypeError} When features are no row a label.
 * @throws {RangeError} When no class has two samples.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const { recallAt1, map } = await retrieval(Float32Array.of(0, 1, 3, 7), [0, 0, 1, 1]);
 * assertEquals(recallAt1, 0.75);
 * assertAlmostEquals(map, (1 + 1 + 1 / 3 + 1) / 4);
 * ```
 */
export async function retrieval(
  features: Float32Array,
  labels: ArrayLike<number>,
): Promise<Retrieval> {
  const sums = new RetrievalSums(labels);
  const [sized] = sizedForSquares(features);
  await distanceRows(sized, features.length / labels.length, (row, d) => sums.add(row, d));
  return sums.result();
}

/** The same, row by row, for a pass over distances that other measures share. */
export class RetrievalSums {
  readonly #labels: ArrayLike<number>;
  readonly #members: ReadonlyMap<number, Int32Array>;
  #recall = 0;
  #map = 0;
  #mapAtR = 0;
  #queries = 0;

  /** @param labels `[samples]`. */
  constructor(labels: ArrayLike<number>) {
    const members = new Map<number, number[]>();
    for (let i = 0; i < labels.length; i++) {
      const own = members.get(labels[i]);
      if (own) own.push(i);
      else members.set(labels[i], [i]);
    }
    this.#labels = labels;
    this.#members = new Map([...members].map(([label, rows]) => [label, Int32Array.from(rows)]));
  }

  /** Takes the distances of a sample to all, itself included, squared or not. */
  add(query: number, distances: ArrayLike<number>): void {
    const label = this.#labels[query], members = this.#members.get(label)!;
    const others = members.length - 1;
    if (others === 0) return;
    const near = new Float64Array(others);
    let filled = 0;
    for (const row of members) if (row !== query) near[filled++] = distances[row];
    near.sort();
    const { places, tied, nearest } = this.#place(label, near, distances);
    let [precision, atR] = [0, 0];
    for (let from = 0, wrong = 0; from < others;) {
      let to = from + 1;
      while (to < others && near[to] === near[from]) to++;
      wrong += places[from];
      const share = (to - from) * to / (to + wrong);
      precision += share;
      if (to + wrong <= others) atR += share;
      from = to;
    }
    this.#map += precision / others;
    this.#mapAtR += atR / others;
    this.#recall += nearest < near[0] ? 0 : leading(near) / (leading(near) + tied);
    this.#queries++;
  }

  /**
   * Counts the samples of other classes by the first of `near` that is no nearer: `places[k]` of them lie beyond
   * `near[k - 1]` and not beyond `near[k]`. Also how many are as far as `near[0]`, and how far the nearest is.
   */
  #place(label: number, near: Float64Array, distances: ArrayLike<number>) {
    const labels = this.#labels, count = near.length;
    const places = new Int32Array(count), first = near[0], last = near[count - 1];
    let [tied, nearest] = [0, Infinity];
    for (let j = 0; j < labels.length; j++) {
      const d = distances[j];
      if (d > last || labels[j] === label) continue;
      if (d < nearest) nearest = d;
      if (d === first) tied++;
      let [low, high] = [0, count - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (near[middle] < d) low = middle + 1;
        else high = middle;
      }
      places[low]++;
    }
    return { places, tied, nearest };
  }

  /** @throws {RangeError} When no query had others of its class. */
  result(): Retrieval {
    const queries = this.#queries;
    if (queries === 0) {
      throw new RangeError(
        `Cannot measure retrieval among ${this.#labels.length} samples: no class has two of them`,
      );
    }
    return {
      recallAt1: this.#recall / queries,
      map: this.#map / queries,
      mapAtR: this.#mapAtR / queries,
    };
  }
}

/** How many of the first of a sorted list are equal. */
function leading(sorted: Float64Array): number {
  let count = 1;
  while (count < sorted.length && sorted[count] === sorted[0]) count++;
  return count;
}
