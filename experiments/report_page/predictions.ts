/** What a run says of its test images after the last epoch: class, certainty, distances. */
import { objectiveOf } from "../../src/losses/objective.ts";
import type { Sets } from "../../src/dataset/image_set.ts";
import { distancesTo, placeOfLeast, placeOfMost } from "../../src/metrics/one_sample.ts";
import type { Config } from "../run_folder/config.ts";
import { readCenters, readFeatures } from "../run_folder/features.ts";
import { readLogits } from "./logits.ts";

/** All test images, in the order of the set. */
export interface Predictions {
  /** By the row's own rule, `[n]`. */
  predicted: Int32Array;
  /** Probabilities of the largest logits, `[n]`; empty where the logits say nothing. */
  certainty: Float64Array;
  /** Classes of the largest logits, `[n]`; empty likewise. */
  byLogit: Int32Array;
  /** Classes of the nearest centers, `[n]`. */
  nearest: Int32Array;
  /** Euclidean distances to the center of one's own class, `[n]`, and to the nearest center. */
  own: Float64Array;
  least: Float64Array;
}

/**
 * Computes it from the features of the epoch, the centers and the logits, in float64: what is this near to a border between
 * classes may fall to the other side than it did on the GPU. Undefined where one is missing, as after an epoch without a test.
 */
export async function predictionsOf(
  path: string,
  config: Config,
  epoch: number,
  sets: Sets,
): Promise<Predictions | undefined> {
  const { plan } = config, { featureDim: dim, loss } = plan.recipe;
  const features = (await readFeatures({ path }, epoch, dim, sets))?.test;
  const centers = (await readCenters({ path })).get(epoch);
  if (!features || !centers) return undefined;
  const n = features.length / dim, classes = centers.length / dim;
  // Between two evaluations there is nothing of the test images.
  if (features.every(Number.isNaN)) return undefined;
  const { readsLogits } = objectiveOf(loss, classes);
  const logits = readsLogits
    ? await readLogits(path, config, epoch, { images: n, classes })
    : undefined;
  if (readsLogits && !logits) return undefined;
  const all: Predictions = {
    predicted: new Int32Array(n),
    byLogit: new Int32Array(logits ? n : 0),
    certainty: new Float64Array(logits ? n : 0),
    nearest: new Int32Array(n),
    own: new Float64Array(n),
    least: new Float64Array(n),
  };
  for (let i = 0; i < n; i++) {
    const row = features.subarray(i * dim, (i + 1) * dim);
    const distances = distancesTo(row, centers);
    all.nearest[i] = placeOfLeast(distances);
    all.least[i] = distances[all.nearest[i]];
    all.own[i] = distances[sets.test.labels[i]];
    if (logits) {
      const values = logits(row, i);
      const k = all.byLogit[i] = placeOfMost(values);
      all.certainty[i] = 1 / values.reduce((sum, v) => sum + Math.exp(v - values[k]), 0);
    }
  }
  all.predicted.set(plan.scoring === "logit" && logits ? all.byLogit : all.nearest);
  return all;
}
