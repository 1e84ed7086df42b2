/** How wide classes are and how far they stand apart, epoch by epoch, from a run's tables. */
import { type Lines, numberIn } from "../../src/base/csv_lines.ts";
import type { RunView } from "./read_run.ts";

/** The root of the mean squared distance of a set's samples to the centers of their classes; none without the table. */
export function withinClasses(
  { distances, metrics }: RunView,
  split: "train" | "test",
): number[] {
  if (distances.length === 0) return [];
  const byEpoch = Map.groupBy(distances.filter((line) => line.split === split), epochOf);
  return metrics.map((line) => {
    const own = (byEpoch.get(epochOf(line)) ?? []).filter((it) => numberIn(it, "samples") > 0);
    const count = own.reduce((sum, it) => sum + numberIn(it, "samples"), 0);
    const squares = own.reduce(
      (sum, it) => sum + numberIn(it, "samples") * numberIn(it, "mean_squared_distance"),
      0,
    );
    return Math.sqrt(squares / count);
  });
}

/** The mean distance of two centers; none without the table. */
export function betweenCenters({ centerDistances, metrics }: RunView): number[] {
  if (centerDistances.length === 0) return [];
  const byEpoch = Map.groupBy(centerDistances, epochOf);
  return metrics.map((line) => {
    const all = (byEpoch.get(epochOf(line)) ?? []).map((it) => numberIn(it, "euclidean_distance"));
    return all.reduce((a, b) => a + b, 0) / all.length;
  });
}

function epochOf({ epoch }: Lines[number]): number {
  return Number(epoch);
}
