/** What an epoch says of each sample: its features, and how sure the network is of its class. */
import { join } from "../../src/base/path.ts";
import { RunError } from "../../src/base/errors.ts";
import { readIfThere } from "../../src/base/files.ts";
import { decodeNpy } from "../../src/base/npy.ts";
import type { Sets } from "../../src/dataset/image_set.ts";
import { type Labels, labelsAt } from "../../src/dataset/labels.ts";
import { type Calibration, calibration } from "../../src/metrics/calibration.ts";
import type { Plan } from "../plan/plan.ts";
import { readFeatures } from "./features.ts";
import { epochFile } from "./path.ts";

/** The samples of a set that an epoch went through. */
export interface EpochSamples {
  /** `[n, dim]`. */
  features: Float32Array;
  /** `[n]`. */
  labels: Labels;
  /** Classes of the largest logit, `[n]`; empty where the row keeps no predictions. */
  predicted: Labels;
  /** Log-odds of their probabilities, `[n]`; empty likewise. */
  logOdds: Float32Array;
  /** Log-odds of the probability of each sample's own class, `[n]`; empty likewise. */
  ownLogOdds: Float64Array;
}

/** Whether figures of a row need to know how sure the network is of each sample. */
export function keepsPredictions({ figures }: Pick<Plan, "figures">): boolean {
  const { highlights, surface, reliability, predictions } = figures ?? {};
  return Boolean(highlights || surface || reliability || predictions);
}

/** Numbers of a sample in `predictions/epoch-NNN.npy`: its class by the largest logit, that class's log-odds, the logarithm of its own class's probability. */
export const PREDICTION_WIDTH = 3;

/**
 * Samples of a set as an epoch left them, without those that it left out; undefined where its features are gone.
 *
 * @throws {RunError} When a file is broken, or of other sets.
 */
export async function readEpochSamples(
  folder: { readonly path: string },
  epoch: number,
  split: "train" | "test",
  dim: number,
  sets: Sets,
): Promise<EpochSamples | undefined> {
  const all = await readFeatures(folder, epoch, dim, sets);
  if (!all) return undefined;
  const rows = all[split], { labels } = sets[split];
  const kept: number[] = [];
  for (let i = 0; i < rows.length / dim; i++) if (!Number.isNaN(rows[i * dim])) kept.push(i);
  const predictions = await readPredictions(folder.path, epoch, sets);
  const first = split === "train" ? 0 : sets.train.count;
  const features = new Float32Array(kept.length * dim);
  kept.forEach((i, k) => features.set(rows.subarray(i * dim, (i + 1) * dim), k * dim));
  const of = predictions ? kept : [];
  const field = (i: number, k: number) => predictions![PREDICTION_WIDTH * (first + i) + k];
  return {
    features,
    labels: labelsAt(labels, kept),
    predicted: Int32Array.from(of, (i) => field(i, 0)),
    logOdds: Float32Array.from(of, (i) => field(i, 1)),
    ownLogOdds: Float64Array.from(
      of,
      (i) => field(i, 0) === labels[i] ? field(i, 1) : logOddsOf(field(i, 2)),
    ),
  };
}

/** Log-odds of a probability from its logarithm; of one near 1 they would lose their digits. */
function logOddsOf(logProbability: number): number {
  return logProbability - Math.log1p(-Math.exp(logProbability));
}

/** The probability whose log-odds these are. */
export function probabilityOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** How sure the network is of itself, over samples whose predictions are kept. */
export function calibrationOf({ labels, predicted, logOdds }: EpochSamples): Calibration {
  const certainty = Float64Array.from(logOdds, probabilityOf);
  return calibration(certainty, Array.from(predicted, (k, i) => k === labels[i]));
}

async function readPredictions(folder: string, epoch: number, { train, test }: Sets) {
  const path = join(folder, epochFile("predictions", epoch));
  const bytes = await readIfThere(path);
  if (!bytes) return undefined;
  const values = decodeNpy(bytes, path), wanted = PREDICTION_WIDTH * (train.count + test.count);
  if (values.length === wanted) return values;
  throw new RunError(
    `${path} holds ${values.length} numbers, but the sets of this run make ${wanted}`,
  );
}
