/** What numbers of several seeds say of a claim. */
import { type MeanAndDeviation, meanAndDeviation } from "../../compare/over_seeds.ts";

/** Where a number must lie, as the claim says: above the one, below the other, or both. */
export interface Bounds {
  above?: number;
  below?: number;
  /** The claim is of every run ("always"), and not of their mean: one run elsewhere refutes it. */
  always?: boolean;
}

/** The three answers. */
export type Verdict = "holds" | "does not hold" | "cannot be told";

/** How a claim was judged. */
export interface Judged extends MeanAndDeviation {
  /** Where the mean lies, 95 %; infinite with fewer than {@linkcode FEWEST_SEEDS} seeds. */
  interval: readonly [low: number, high: number];
  verdict: Verdict;
}

/** Fewer say nothing of how a number varies. */
export const FEWEST_SEEDS = 3;

/** Student's t at 97.5 % for 2, 3, ... degrees of freedom; beyond these the last, which is on the safe side. */
const STUDENT = [4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];

/**
 * Judges by the 95 % interval of the mean over seeds (Student's t): the claim holds where all of it lies within the bounds,
 * does not hold where none of it does, and else cannot be told. With fewer than three seeds it never can. A claim of
 * every run holds where all values lie within the bounds, and else does not.
 *
 * @param values One a seed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * assertEquals(judge([0.1, 0.11, 0.12], { above: 0 }).verdict, "holds");
 * assertEquals(judge([0.1, 0.11], { above: 0 }).verdict, "cannot be told");
 * ```
 */
export function judge(values: readonly number[], bounds: Bounds): Judged {
  const { mean, deviation } = meanAndDeviation(values), seeds = values.length;
  if (seeds < FEWEST_SEEDS) {
    const interval = [-Infinity, Infinity] as const;
    return { mean, deviation, interval, verdict: "cannot be told" };
  }
  const t = STUDENT[Math.min(seeds - FEWEST_SEEDS, STUDENT.length - 1)];
  const half = t * deviation / Math.sqrt(seeds);
  const interval = [mean - half, mean + half] as const;
  const all = [Math.min(...values), Math.max(...values)] as const;
  const verdict = bounds.always
    ? verdictOf(all, bounds) === "holds" ? "holds" : "does not hold"
    : verdictOf(interval, bounds);
  return { mean, deviation, interval, verdict };
}

function verdictOf(
  [low, high]: readonly [number, number],
  { above = -Infinity, below = Infinity }: Bounds,
): Verdict {
  if (low > above && high < below) return "holds";
  return high <= above || low >= below ? "does not hold" : "cannot be told";
}
