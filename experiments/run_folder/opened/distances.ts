/** How wide classes are and how far they stand apart in an epoch, from lines of a run's tables. */
import { meanOf } from "../../../src/base/averages.ts";
import { type Lines, numberIn } from "../../../src/base/csv_lines.ts";

/**
 * The root of the mean squared distance of samples to the centers of their classes, over samples whose class has one; NaN where
 * there are none.
 *
 * @param lines Of `distances.csv`, of one epoch and one set.
 */
export function meanWithin(lines: Lines): number {
  let samples = 0, squares = 0;
  for (const line of lines) {
    const count = numberIn(line, "samples"), mean = numberIn(line, "mean_squared_distance");
    // A class without samples has no mean, nor has one without a center.
    if (Number.isNaN(mean)) continue;
    samples += count;
    squares += count * mean;
  }
  return Math.sqrt(squares / samples);
}

/**
 * The mean distance between two centers that are there; NaN where no two are.
 *
 * @param lines Of `center_distances.csv`, of one epoch.
 */
export function meanBetween(lines: Lines): number {
  const all = lines.map((line) => numberIn(line, "euclidean_distance"));
  return meanOf(all.filter((distance) => !Number.isNaN(distance)));
}
