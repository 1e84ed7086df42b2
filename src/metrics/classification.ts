/** How well features and logits tell classes apart. */
import { argmin } from "../ops/argmax.ts";
import { add } from "../ops/binary.ts";
import { gather } from "../ops/gather.ts";
import { reshape, slice } from "../ops/layout.ts";
import { squaredDistances } from "../ops/squared_distances.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { tensor } from "../tensor/make_tensor.ts";
import { readAllOf } from "../tensor/read_of.ts";

/** Squared distances of a class's own samples to its center, in squared units of the features. */
export interface ClassDistances {
  /** Samples of the class. */
  count: number;
  /**
   * Mean of `|x - c|^2` over the class's own samples; NaN where it has none, or no center. (The source averages over all
   * samples, zeros included.)
   */
  mean: number;
  /** Standard deviation of the same, over all of them: divided by n; NaN likewise. */
  deviation: number;
}

/** What is known of a set of samples. */
export interface Classification {
  /** Predicted classes by the largest logit, `[samples]`. */
  byLogit: Int32Array;
  /** Predicted classes by the nearest center, `[samples]`. */
  byCenter: Int32Array;
  /** One for each class. */
  distances: ClassDistances[];
}

/** Elements of the distances that are on the GPU at once; no sample and its classes are taken apart. */
const MOST_DISTANCES = 1 << 24;

/**
 * Classifies samples by the nearest center, and measures their distances to their own.
 *
 * @param features `[samples, dim]`.
 * @param centers `[classes, dim]`.
 * @param labels `[samples]`.
 * @param options `most` distances are on the GPU at once; `absent` are classes without a center, which no sample is nearest to.
 */
export async function classify(
  features: Tensor,
  centers: Tensor,
  labels: ArrayLike<number>,
  { most = MOST_DISTANCES, absent = [] }: { most?: number; absent?: readonly number[] } = {},
): Promise<Pick<Classification, "byCenter" | "distances">> {
  const [samples, dim] = features.shape, [classes] = centers.shape;
  const step = Math.max(1, Math.floor(most / classes));
  const far = new Float32Array(classes);
  for (const k of absent) far[k] = Infinity;
  const byCenter = new Int32Array(samples), own = new Float32Array(samples);
  for (let first = 0; first < samples; first += step) {
    const rows = Math.min(step, samples - first);
    const places = Int32Array.from({ length: rows }, (_, i) => i * classes + labels[first + i]);
    const [nearest, distances] = await readAllOf(() => {
      const all = squaredDistances(slice(features, [first, 0], [first + rows, dim]), centers);
      const d = absent.length > 0 ? add(all, tensor(far)) : all;
      const column = reshape(d, [rows * classes, 1]);
      return [argmin(d), gather(column, tensor(places, { dtype: "i32" }))];
    });
    byCenter.set(nearest, first);
    own.set(distances, first);
  }
  const sums = Array.from({ length: classes }, () => ({ count: 0, sum: 0, squares: 0 }));
  own.forEach((d, i) => {
    const of = sums[labels[i]];
    of.count++;
    of.sum += d;
    of.squares += d * d;
  });
  return {
    byCenter,
    distances: sums.map(({ count, sum, squares }, k) => {
      const mean = far[k] > 0 ? NaN : sum / count;
      return { count, mean, deviation: Math.sqrt(Math.max(squares / count - mean * mean, 0)) };
    }),
  };
}

/** The share of samples whose predicted class is theirs, 0 to 1; NaN of none. (The source averages batches; this is over samples.) */
export function accuracy(predicted: ArrayLike<number>, labels: ArrayLike<number>): number {
  let hits = 0;
  for (let i = 0; i < labels.length; i++) if (predicted[i] === labels[i]) hits++;
  return hits / labels.length;
}

/** How many samples of one class were taken for another, or for itself. */
export interface Confusion {
  label: number;
  predicted: number;
  samples: number;
}

/** The pairs of classes that occur, by label, then by prediction: whatever the number of classes, no more than samples. */
export function confusions(
  predicted: ArrayLike<number>,
  labels: ArrayLike<number>,
): Confusion[] {
  const pairs = new Map<string, Confusion>();
  for (let i = 0; i < labels.length; i++) {
    const key = `${labels[i]} ${predicted[i]}`;
    const pair = pairs.get(key);
    if (pair) pair.samples++;
    else pairs.set(key, { label: labels[i], predicted: predicted[i], samples: 1 });
  }
  return [...pairs.values()].sort((a, b) => a.label - b.label || a.predicted - b.predicted);
}
