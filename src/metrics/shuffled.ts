/** A number beside the same of shuffled data: what chance alone gives. */
import { meanOf } from "../base/averages.ts";
import { Random } from "../model/random.ts";

/** How often data are shuffled, and by which seed. */
export interface ShuffleOptions {
  /** Default: 999. */
  times?: number;
  /** Default: 1. */
  seed?: number;
}

/** A measure, and what it is where what it asks for was shuffled away. */
export interface AgainstShuffled {
  /** Of the data as they are. */
  value: number;
  /** Mean and sample deviation over the shuffled data. */
  mean: number;
  deviation: number;
  /**
   * The share of all data, the real among them, that lie at least as far from `mean` as the real: 0.001 is the least that
   * 999 shuffles can give, and about uniform where there is nothing to find. NaN where the value is.
   */
  rank: number;
}

/**
 * Compares a measure of data with that of shuffled data (a permutation test; the rank after Davison and Hinkley 1997,
 * section 4.3). Shuffled data for which the measure is NaN do not count.
 *
 * @param value Of the data as they are.
 * @param shuffled The measure of data that these random numbers have shuffled.
 *
 * @example
 * ```ts
 * import { assert } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const a = [1, 2, 3, 4, 5, 6, 7, 8], product = (b: number[]) => b.reduce((sum, x, i) => sum + x * a[i], 0);
 * const { rank, mean } = againstShuffled(product(a), (random) => product([...random.permutation(8)].map((i) => a[i])));
 * assert(rank === 0.001 && Math.abs(mean - 162) < 2, `${rank}, ${mean}`);
 * ```
 */
export function againstShuffled(
  value: number,
  shuffled: (random: Random) => number,
  { times = 999, seed = 1 }: ShuffleOptions = {},
): AgainstShuffled {
  const all = Array.from({ length: times }, (_, k) => shuffled(new Random(seed, "shuffle", k)));
  const known = all.filter(Number.isFinite);
  const mean = meanOf(known);
  const squares = known.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  // Equal numbers that were added up in another order differ by a rounding.
  const far = Math.abs(value - mean) * (1 - 1e-9);
  const beyond = known.filter((v) => Math.abs(v - mean) >= far).length;
  return {
    value,
    mean,
    deviation: Math.sqrt(squares / (known.length - 1)),
    rank: Number.isFinite(value) ? (1 + beyond) / (1 + known.length) : NaN,
  };
}

/**
 * Paths whose steps keep what they go along the center's way, from its first place to its last, while what they go beside it
 * is turned around by chance. Every center comes as far in each epoch as it did, so that all of them may slow down alike; what
 * two of them did beside their ways at the same time is gone. Shuffling the order of the steps would not do: centers that only
 * slow down alike, independently of each other, would then go together far less than the real ones.
 *
 * @param paths The centers `[classes, dim]` of each epoch.
 */
export function mirroredPaths(
  paths: readonly Float32Array[],
  classes: number,
  random: Random,
): Float32Array[] {
  const dim = paths[0].length / classes, result = paths.map((centers) => centers.slice());
  const first = paths[0], last = paths.at(-1)!;
  for (let k = 0; k < classes; k++) {
    const axes = Array.from({ length: dim }, (_, d) => k * dim + d);
    const length = Math.hypot(...axes.map((d) => last[d] - first[d]));
    const way = axes.map((d) => length > 0 ? (last[d] - first[d]) / length : 0);
    const at = axes.map((d) => first[d]);
    for (let t = 1; t < paths.length; t++) {
      const step = axes.map((d) => paths[t][d] - paths[t - 1][d]);
      const along = step.reduce((sum, x, i) => sum + x * way[i], 0);
      const side = random.uniform() < 0.5 ? -1 : 1;
      for (const [i, d] of axes.entries()) {
        at[i] += along * way[i] + side * (step[i] - along * way[i]);
        result[t][d] = at[i];
      }
    }
  }
  return result;
}

/**
 * The numbers of a symmetric `[n, n]` matrix under other names of its rows: `result[a, b] = values[order[a], order[b]]`.
 * Entries of one class depend on each other, so that pairs must not be shuffled one by one (Mantel 1967).
 */
export function shuffledNames(
  values: ArrayLike<number>,
  n: number,
  random: Random,
): Float64Array<ArrayBuffer> {
  const order = random.permutation(n);
  return Float64Array.from(
    { length: n * n },
    (_, i) => values[order[Math.floor(i / n)] * n + order[i % n]],
  );
}
