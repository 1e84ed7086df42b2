/** Whether a network is as often right as it is sure. */

/** The samples of one interval of certainty. */
export interface CalibrationBin {
  /** Mean certainty of its samples; NaN where there are none. */
  confidence: number;
  /** The share of its samples that are classified rightly; NaN where there are none. */
  accuracy: number;
  /** How many samples it has. */
  count: number;
}

/** How certain a network is beside how often it is right. */
export interface Calibration {
  /** Mean of the largest predicted probability over the samples. Above `accuracy`, the network is over-confident. */
  meanCertainty: number;
  /** The share of samples that are classified rightly. */
  accuracy: number;
  /** Expected calibration error, 0 to 1: `sum over bins of count / samples * |accuracy - confidence|`. */
  ece: number;
  /** Bin `m` holds the certainties in `(m / bins, (m + 1) / bins]`; a certainty of 0 is in the first. */
  bins: CalibrationBin[];
}

/**
 * The calibration of predictions in bins of equal width, closed on the right (Guo, Pleiss, Sun and Weinberger, "On
 * calibration of modern neural networks", ICML 2017, equations 2, 3 and 5).
 *
 * @param certainty The largest predicted probability of each sample, 0 to 1.
 * @param correct Whether each sample's predicted class is its own: booleans, or 1 and 0.
 * @param bins How many; 15 in the paper.
 * @throws {TypeError} When the lengths differ.
 * @throws {RangeError} When there is no sample, a certainty is NaN or not 0 to 1, a hit is neither, or `bins` is no positive whole number.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const { meanCertainty, accuracy, ece } = calibration([0.9, 0.7, 0.95, 0.75], [true, true, true, false], 2);
 * assertAlmostEquals(meanCertainty, 0.825);
 * assertEquals(accuracy, 0.75);
 * assertAlmostEquals(ece, 0.075);
 * ```
 */
export function calibration(
  certainty: ArrayLike<number>,
  correct: ArrayLike<boolean | number>,
  bins = 15,
): Calibration {
  const samples = certainty.length;
  if (correct.length !== samples) {
    throw new TypeError(
      `Cannot calibrate ${samples} certainties with ${correct.length} hits and misses: give one a sample`,
    );
  }
  if (samples === 0) throw new RangeError("Cannot calibrate no samples: give at least one");
  if (!(Number.isInteger(bins) && bins > 0)) {
    throw new RangeError(`Cannot calibrate in ${bins} bins: give a positive whole number`);
  }
  const sums = Array.from({ length: bins }, () => ({ certainty: 0, hits: 0, count: 0 }));
  for (let i = 0; i < samples; i++) {
    const p = certainty[i];
    if (!(p >= 0 && p <= 1)) {
      throw new RangeError(`Cannot calibrate sample ${i} of certainty ${p}: it must be 0 to 1`);
    }
    const hit = Number(correct[i]);
    if (hit !== 0 && hit !== 1) {
      throw new RangeError(
        `Cannot calibrate sample ${i} with a hit of ${hit}: it must be true or false, 1 or 0`,
      );
    }
    const bin = sums[binOf(p, bins)];
    bin.certainty += p;
    bin.hits += hit;
    bin.count++;
  }
  const total = (of: (bin: (typeof sums)[0]) => number) => sums.reduce((sum, b) => sum + of(b), 0);
  return {
    meanCertainty: total((b) => b.certainty) / samples,
    accuracy: total((b) => b.hits) / samples,
    ece: total((b) => Math.abs(b.hits - b.certainty)) / samples,
    bins: sums.map(({ certainty, hits, count }) => ({
      confidence: certainty / count,
      accuracy: hits / count,
      count,
    })),
  };
}

/** The bin of a certainty. `p * bins` may round across an edge, so the edge itself decides. */
function binOf(p: number, bins: number): number {
  let bin = Math.min(Math.max(Math.ceil(p * bins) - 1, 0), bins - 1);
  if (bin > 0 && p <= bin / bins) bin--;
  else if (bin < bins - 1 && p > (bin + 1) / bins) bin++;
  return bin;
}
