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

/** What a network's last layer, and the rule by which its row is scored, say of features. */
export interface Said {
  /** `[n, classes]`, where the loss trains them. */
  logits?: Float32Array;
  /** `[n]`, where the run has what the rule takes. */
  predictions?: ArrayLike<number>;
}

/** Asks for it: features `[n, dim]`, centers `[classes, dim]`. */
export type Ask = (features: Float32Array<ArrayBuffer>, centers: Float32Array) => Promise<Said>;

/**
 * The bytes of `features.npz`.
 *
 * - `features` float32 `[n, dim]`, `centers` float32 `[classes, dim]`, NaN for a class without one, `class_names` words
 *   `[classes]`;
 * - `labels` `[n]`, uint8 or, above 256 classes, int32, `split` uint8 `[n]` (0 training, 1 test), `index` int32 `[n]` (place in
 *   its set);
 * - `logits` float32 `[n, classes]`, where the loss trains them: the last layer at the end of the run, of these features;
 * - `predictions` int32 `[n]`: the class of the largest logit or of the nearest center, as the row is scored.
 *
 * Features of training samples are those of the training pass; logits and predictions are of the last weights.
 */
export async function featuresNpz(
  { recipe: { featureDim: dim } }: Plan,
  samples: readonly Sample[],
  centers: Float32Array,
  ask: Ask | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const n = samples.length, { classNames } = samples[0].set;
  const features = new Float32Array(n * dim), labels = emptyLabels(n, classNames.length);
  samples.forEach((sample, i) => {
    features.set(sample.features, i * dim);
    labels[i] = sample.label;
  });
  const { logits, predictions }: Said = await ask?.(features, centers) ?? {};
  const arrays: Record<string, NpzArray> = {
    features: { shape: [n, dim], data: features },
    labels: { shape: [n], data: labels },
    split: { shape: [n], data: Uint8Array.from(samples, ({ set }) => +(set.split === "test")) },
    index: { shape: [n], data: Int32Array.from(samples, ({ index }) => index) },
    centers: { shape: [centers.length / dim, dim], data: centers },
    class_names: { shape: [classNames.length], data: classNames },
  };
  if (logits) arrays.logits = { shape: [n, classNames.length], data: logits };
  if (predictions) arrays.predictions = { shape: [n], data: Int32Array.from(predictions) };
  return encodeNpz(arrays);
}
