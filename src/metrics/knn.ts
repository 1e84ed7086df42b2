/** Classes by the nearest neighbours among labelled samples. */
import { sizedForSquares } from "./distance_rows.ts";
import { nearestNeighbours } from "./nearest_neighbours.ts";

/** Samples whose classes are known. */
export interface LabelledFeatures {
  /** `[samples, dim]`, row by row. Samples whose features are not finite (left out of an epoch) are no neighbours. */
  features: Float32Array;
  /** `[samples]`: whole numbers from 0. */
  labels: ArrayLike<number>;
}

/**
 * The class of each query by the majority of its `k` nearest neighbours (Euclidean) among the training features. Where
 * classes have as many votes, the one with the nearest neighbour wins; where neighbours are equally far, the one that
 * comes first in the training set is nearer.
 *
 * @param query `[queries, dim]`, row by row.
 * @param k 1 to 64.
 * @returns `[queries]`; -1 for a query that is not finite.
 * @throws {TypeError} When features are no whole number of rows.
 * @throws {RangeError} When a label is no class, or `k` is not 1 to 64, or more than the training samples.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const train = { features: Float32Array.of(0, 1, 8, 9), labels: [0, 1, 1, 1] };
 * assertEquals([...await knn(train, Float32Array.of(-1, 10), 1)], [0, 1]);
 * assertEquals([...await knn(train, Float32Array.of(-1, 10), 3)], [1, 1]);
 * ```
 */
export async function knn(
  { features, labels }: LabelledFeatures,
  query: Float32Array,
  k: number,
): Promise<Int32Array<ArrayBuffer>> {
  const dim = features.length / labels.length;
  let classes = 0;
  for (let i = 0; i < labels.length; i++) {
    if (!(Number.isInteger(labels[i]) && labels[i] >= 0)) {
      throw new RangeError(
        `Cannot vote with the label ${labels[i]} of sample ${i}: classes are whole numbers from 0`,
      );
    }
    classes = Math.max(classes, labels[i] + 1);
  }
  const [table, queries] = sizedForSquares(features, query);
  const { rows } = await nearestNeighbours(table, queries, dim, k);
  const votes = new Uint8Array(classes);
  return Int32Array.from({ length: rows.length / k }, (_, i) => {
    const own = rows.subarray(i * k, (i + 1) * k);
    return own[0] < 0 ? -1 : majority(own, labels, votes.fill(0));
  });
}

/** The label that most rows have; of equals the one that comes first. */
function majority(rows: Int32Array, labels: ArrayLike<number>, votes: Uint8Array): number {
  for (const row of rows) votes[labels[row]]++;
  return labels[rows.reduce((best, row) => votes[labels[row]] > votes[labels[best]] ? row : best)];
}
