/** How far classes part in a run. */
import { join } from "node:path";
import { type Lines, numberIn, readLines } from "../../src/base/csv_lines.ts";
import type { Plan } from "../plan/plan.ts";
import { meanBetween, meanWithin } from "../run_folder/opened/distances.ts";

/** A run, epoch by epoch. */
export interface Separation {
  plan: Plan;
  /** Mean distance between two centers. */
  apart: number[];
  /** The same, by the root of the mean squared distance of a training sample to its own center. */
  relative: number[];
  /** Training accuracy by nearest center. */
  accuracy: number[];
}

/** The same of a run's folder; undefined where it lacks a table. */
export async function readSeparation(
  folder: string,
  plan: Plan,
  metrics: Lines,
): Promise<Separation | undefined> {
  const read = (name: string, numbers: string[]) =>
    readLines(join(folder, name), { needed: numbers, numbers });
  const pairs = await read("center_distances.csv", ["epoch", "euclidean_distance"]);
  const samples = await read("distances.csv", ["epoch", "samples", "mean_squared_distance"]);
  return pairs && samples && separationOf(plan, { pairs, samples, metrics });
}

/** From the lines of `center_distances.csv`, `distances.csv` and `metrics.csv`. */
export function separationOf(
  plan: Plan,
  { pairs, samples, metrics }: Record<"pairs" | "samples" | "metrics", Lines>,
): Separation {
  const apart = metrics.map(({ epoch }) =>
    meanBetween(pairs.filter((line) => line.epoch === epoch))
  );
  const sizes = metrics.map(({ epoch }) =>
    meanWithin(samples.filter((line) => line.epoch === epoch && line.split === "train"))
  );
  return {
    plan,
    apart,
    relative: apart.map((distance, i) => distance / sizes[i]),
    accuracy: metrics.map((line) => numberIn(line, "train_accuracy_by_nearest_center")),
  };
}
