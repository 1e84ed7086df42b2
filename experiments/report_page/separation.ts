/** How wide classes are and how far they stand apart, epoch by epoch, from a run's tables. */
import type { Lines } from "../../src/base/csv_lines.ts";
import { meanBetween, meanWithin } from "../run_folder/opened/distances.ts";
import type { RunView } from "./read_run.ts";

/** The root of the mean squared distance of a set's samples to the centers of their classes; none without the table. */
export function withinClasses({ distances, metrics }: RunView, split: "train" | "test"): number[] {
  if (distances.length === 0) return [];
  const byEpoch = Map.groupBy(distances.filter((line) => line.split === split), epochOf);
  return metrics.map((line) => meanWithin(byEpoch.get(epochOf(line)) ?? []));
}

/** The mean distance of two centers; none without the table. */
export function betweenCenters({ centerDistances, metrics }: RunView): number[] {
  if (centerDistances.length === 0) return [];
  const byEpoch = Map.groupBy(centerDistances, epochOf);
  return metrics.map((line) => meanBetween(byEpoch.get(epochOf(line)) ?? []));
}

function epochOf({ epoch }: Lines[number]): number {
  return Number(epoch);
}
