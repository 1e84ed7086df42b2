/** How well features and logits tell classes apart. */
import { argmax, argmin } from "../ops/argmax.ts";
import { squaredDistances } from "../ops/squared_distances.ts";
import { scope } from "../tensor/scope.ts";
import { noGrad } from "../tensor/tape.ts";
import { readAll, type Tensor } from "../tensor/tensor.ts";

/** Distances of a class's own samples to its center. */
export interface ClassDistances {
  /** Samples of the class. */
  count: number;
  /** Mean of `|x - c|^2` over the class's own samples. (The source averages over all samples, zeros included.) */
  mean: number;
  /** Standard deviation of the same. */
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

/**
 * Classifies samples by both rules and measures their distances to their centers.
 *
 * @param features `[samples, dim]`.
 * @param logits `[samples, classes]`.
 * @param centers `[classes, dim]`.
 * @param labels `[samples]`.
 */
export async function classify(
  features: Tensor,
  logits: Tensor,
  centers: Tensor,
  labels: ArrayLike<number>,
): Promise<Classification> {
  using _ = scope();
  const [squared, nearest, largest] = noGrad(() => {
    const d = squaredDistances(features, centers);
    return [d, argmin(d), argmax(logits)];
  });
  const [distances, byCenter, byLogit] = await readAll([squared, nearest, largest]);
  const classes = centers.shape[0];
  const sums = Array.from({ length: classes }, () => ({ count: 0, sum: 0, squares: 0 }));
  for (let i = 0; i < labels.length; i++) {
    const of = sums[labels[i]], d = distances[i * classes + labels[i]];
    of.count++;
    of.sum += d;
    of.squares += d * d;
  }
  return {
    byLogit: byLogit as Int32Array,
    byCenter: byCenter as Int32Array,
    distances: sums.map(({ count, sum, squares }) => {
      const mean = sum / count;
      return { count, mean, deviation: Math.sqrt(Math.max(squares / count - mean * mean, 0)) };
    }),
  };
}

/** The share of samples whose predicted class is theirs. (The source averages batches; this is over samples.) */
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
