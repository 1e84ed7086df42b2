/** The samples of a set that an epoch saw, read back from a run folder. */
import { type Labels, labelsAt } from "../../src/dataset/labels.ts";
import { RunError } from "../../src/base/errors.ts";
import { decodeNpy } from "../../src/base/npy.ts";
import { readFeatures } from "./features.ts";
import type { Sets } from "../../src/dataset/image_set.ts";
import { readIfThere } from "../../src/base/files.ts";
import type { RunFolder } from "./run_folder.ts";

/** What an epoch says of the samples that it saw. */
export interface Seen {
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

/**
 * Samples of a set as an epoch left them, without those that it did not see; undefined where its features are gone.
 *
 * @throws {RunError} When a file is broken, or of other sets.
 */
export async function seenIn(
  folder: RunFolder,
  epoch: number,
  split: "train" | "test",
  dim: number,
  sets: Sets,
): Promise<Seen | undefined> {
  const all = await readFeatures(folder, epoch, dim, sets);
  if (!all) return undefined;
  const rows = all[split], { labels } = sets[split];
  const kept: number[] = [];
  for (let i = 0; i < rows.length / dim; i++) if (!Number.isNaN(rows[i * dim])) kept.push(i);
  const predictions = await readPredictions(folder, epoch, sets);
  const first = split === "train" ? 0 : sets.train.count;
  const features = new Float32Array(kept.length * dim);
  kept.forEach((i, k) => features.set(rows.subarray(i * dim, (i + 1) * dim), k * dim));
  const of = predictions ? kept : [];
  const field = (i: number, k: number) => predictions![WIDTH * (first + i) + k];
  return {
    features,
    labels: labelsAt(labels, kept),
    predicted: Int32Array.from(of, (i) => field(i, 0)),
    logOdds: Float32Array.from(of, (i) => field(i, 1)),
    ownLogOdds: Float64Array.from(
      of,
      (i) => field(i, 0) === labels[i] ? field(i, 1) : oddsOf(field(i, 2)),
    ),
  };
}

/** Numbers of a sample in a file of predictions. */
const WIDTH = 3;

/** Log-odds of a probability from its logarithm; of one near 1 they would lose their digits. */
function oddsOf(logProbability: number): number {
  return logProbability - Math.log1p(-Math.exp(logProbability));
}

/** The probability whose log-odds these are. */
export function probabilityOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

async function readPredictions(folder: RunFolder, epoch: number, { train, test }: Sets) {
  const path = folder.predictionsPath(epoch);
  const bytes = await readIfThere(path);
  if (!bytes) return undefined;
  const values = decodeNpy(bytes, path), wanted = WIDTH * (train.count + test.count);
  if (values.length === wanted) return values;
  throw new RunError(
    `${path} holds ${values.length} numbers, but the sets of this run make ${wanted}`,
  );
}
