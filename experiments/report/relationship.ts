/** "Relationship across the data set", which the source asks for: are classes whose centers are close confused more often? */
import { type Lines, numberIn } from "../../src/base/csv_lines.ts";
import {
  type AgainstShuffled,
  againstShuffled,
  shuffledNames,
} from "../../src/metrics/shuffled.ts";
import { spearman } from "../studies/measures/correlation.ts";

/** Two classes. */
export interface ClassPair {
  names: readonly [string, string];
  /** Between their centers, after the last epoch. */
  distance: number;
  /** Test samples of the one that were taken for the other. */
  confusions: number;
}

/** All pairs of a run, and how distance and confusions go together. */
export interface Relationship {
  pairs: ClassPair[];
  /** All test samples. */
  samples: number;
  /** Spearman's correlation over the pairs, beside that under shuffled names of the classes. */
  correlation: AgainstShuffled;
}

/** From the lines of `center_distances.csv` and `confusion.csv`; undefined where one has none. */
export function relationshipOf(distances: Lines, confusion: Lines): Relationship | undefined {
  const names = confusion.map(({ label }) => label), n = names.length;
  const last = distances.at(-1)?.epoch;
  // Of many classes, confusion.csv is a list of what occurred, and no matrix.
  if (n < 3 || last === undefined || confusion[0].predicted !== undefined) return undefined;
  const apart = new Float64Array(n * n).fill(NaN), taken = new Float64Array(n * n);
  for (const line of distances) {
    if (line.epoch !== last) continue;
    const [a, b] = [Number(line.class_a), Number(line.class_b)];
    apart[a * n + b] = apart[b * n + a] = numberIn(line, "euclidean_distance");
  }
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < a; b++) {
      const both = numberIn(confusion[a], `predicted_${names[b]}`) +
        numberIn(confusion[b], `predicted_${names[a]}`);
      taken[a * n + b] = taken[b * n + a] = both;
    }
  }
  const below = (of: ArrayLike<number>) =>
    Array.from({ length: n }, (_, a) => Array.from({ length: a }, (_, b) => of[a * n + b])).flat();
  const counts = below(taken), ranks = (of: ArrayLike<number>) => spearman(below(of), counts);
  const pairs = names.flatMap((one, a) =>
    names.slice(0, a).map((other, b): ClassPair => ({
      names: [other, one],
      distance: apart[a * n + b],
      confusions: taken[a * n + b],
    }))
  );
  const ofClass = (line: Lines[number]) =>
    names.reduce((sum, name) => sum + numberIn(line, `predicted_${name}`), 0);
  return {
    pairs,
    samples: confusion.reduce((sum, line) => sum + ofClass(line), 0),
    correlation: againstShuffled(ranks(apart), (random) => ranks(shuffledNames(apart, n, random))),
  };
}
