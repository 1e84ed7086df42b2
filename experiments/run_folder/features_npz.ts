/** The features of an epoch for NumPy, with all that is known of each sample. */
import { encodeNpz, type NpzArray } from "../../src/base/npz.ts";
import type { ImageSet } from "../../src/dataset/image_set.ts";
import { emptyLabels } from "../../src/dataset/labels.ts";
import type { Plan } from "../plan/plan.ts";

/** A sample whose features an epoch has. */
export interface Sample {
  set: ImageSet;
  index: number;
  label: number;
  features: Float32Array;
}

/** The last layer: from features `[n, dim]` to logits `[n, classes]`. */
export type LogitsOf = (features: Float32Array, dim: number) => Promise<Float32Array>;

/**
 * The bytes of `features.npz`.
 *
 * - `features` float32 `[n, dim]`, `centers` float32 `[classes, dim]`, `class_names` words `[classes]`;
 * - `labels` `[n]`, uint8 or, above 256 classes, int32, `split` uint8 `[n]` (0 training, 1 test), `index` int32 `[n]` (place in
 *   its set);
 * - `logits` float32 `[n, classes]`, where the loss trains them: the last layer at the end of the run, of these features;
 * - `predictions` int32 `[n]`: the class of the largest logit or of the nearest center, as the row is scored.
 *
 * Features of training samples are those of the training pass; logits and predictions are of the last weights.
 */
export async function featuresNpz(
  { recipe: { featureDim: dim }, scoring }: Plan,
  samples: readonly Sample[],
  centers: Float32Array,
  logitsOf: LogitsOf | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const n = samples.length, { classNames } = samples[0].set;
  const features = new Float32Array(n * dim), labels = emptyLabels(n, classNames.length);
  samples.forEach((sample, i) => {
    features.set(sample.features, i * dim);
    labels[i] = sample.label;
  });
  const logits = await logitsOf?.(features, dim);
  const arrays: Record<string, NpzArray> = {
    features: { shape: [n, dim], data: features },
    labels: { shape: [n], data: labels },
    split: { shape: [n], data: Uint8Array.from(samples, ({ set }) => +(set.split === "test")) },
    index: { shape: [n], data: Int32Array.from(samples, ({ index }) => index) },
    centers: { shape: [centers.length / dim, dim], data: centers },
    class_names: { shape: [classNames.length], data: classNames },
  };
  if (logits) arrays.logits = { shape: [n, classNames.length], data: logits };
  const predictions = scoring === "nearest-center"
    ? nearestRows(features, centers, dim)
    : logits && largest(logits, classNames.length);
  if (predictions) arrays.predictions = { shape: [n], data: predictions };
  return encodeNpz(arrays);
}

/** The column of the largest number of each row. */
function largest(rows: Float32Array, width: number): Int32Array {
  return Int32Array.from({ length: rows.length / width }, (_, i) => {
    const row = rows.subarray(i * width, (i + 1) * width);
    return row.reduce((best, value, k) => value > row[best] ? k : best, 0);
  });
}

/** The nearest center of each sample. */
function nearestRows(features: Float32Array, centers: Float32Array, dim: number): Int32Array {
  return Int32Array.from({ length: features.length / dim }, (_, i) => {
    let best = 0, least = Infinity;
    for (let c = 0; c < centers.length / dim; c++) {
      let distance = 0;
      for (let k = 0; k < dim; k++) distance += (features[i * dim + k] - centers[c * dim + k]) ** 2;
      if (distance < least) [best, least] = [c, distance];
    }
    return best;
  });
}
