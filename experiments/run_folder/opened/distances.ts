/** How wide classes are and how far they stand apart in an epoch, from lines of a run's tables. */
import { type Lines, numberIn } from "../../../src/base/csv_lines.ts";

/**
 * The root of the mean squared distance of samples to the centers of their classes; NaN where none was seen.
 *
 * @param lines Of `distances.csv`, of one epoch and one set.
 */
export function meanWithin(lines: Lines): number {
  let samples = 0, squares = 0;
  for (const line of lines) {
    const count = numberIn(line, "samples");
    // A class without samples has no mean.
    if (!(count > 0)) continue;
    samples += count;
    squares += count * numberIn(line, "mean_squared_distance");
  }
  return Math.sqrt(squares / samples);
}

/**
 * The mean distance between two centers; NaN without lines.
 *
 * @param lines Of `center_distances.csv`, of one epoch.
 */
export function meanBetween(lines: Lines): number {
  const sum = lines.reduce((sum, line) => sum + numberIn(line, "euclidean_distance"), 0);
  return sum / lines.length;
}
