/** The samples of a set that an epoch saw, read back from a run folder. */
import { RunError } from "../src/errors.ts";
import { decodeNpy } from "../src/metrics/npy.ts";
import { readFeatures, type Sets } from "./features.ts";
import { readIfThere } from "./files.ts";
import type { RunFolder } from "./run_folder.ts";

/** What an epoch says of the samples that it saw. */
export interface Seen {
  /** `[n, dim]`. */
  features: Float32Array;
  /** `[n]`. */
  labels: Uint8Array;
  /** Classes of the largest logit, `[n]`; empty where the row keeps no predictions. */
  predicted: Uint8Array;
  /** Log-odds of their probabilities, `[n]`; empty likewise. */
  logOdds: Float32Array;
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
  return {
    features,
    labels: Uint8Array.from(kept, (i) => labels[i]),
    predicted: Uint8Array.from(of, (i) => predictions![2 * (first + i)]),
    logOdds: Float32Array.from(of, (i) => predictions![2 * (first + i) + 1]),
  };
}

/** The probability whose log-odds these are. */
export function probabilityOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

async function readPredictions(folder: RunFolder, epoch: number, { train, test }: Sets) {
  const path = folder.predictionsPath(epoch);
  const bytes = await readIfThere(path);
  if (!bytes) return undefined;
  const values = decodeNpy(bytes, path), wanted = 2 * (train.count + test.count);
  if (values.length === wanted) return values;
  throw new RunError(
    `${path} holds ${values.length} numbers, but the sets of this run make ${wanted}`,
  );
}
