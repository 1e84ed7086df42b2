/** Certainty and place: numbers for what pictures of features and their density suggest. */
import { distance, meanRow, rowLength, rowsByClass } from "./class_rows.ts";
import { onHull } from "./convex_hull.ts";
import { pearson, spearman } from "./correlation.ts";

/** Samples with what a network says of them, and its class centers. */
export interface DensitySamples {
  /** `[samples, dim]`, row by row. Samples whose features are not finite count nowhere. */
  features: ArrayLike<number>;
  /** `[samples]`: their own classes. */
  labels: ArrayLike<number>;
  /** `[samples]`: the classes of the largest logit. */
  predicted: ArrayLike<number>;
  /** `[samples]`: the probability of the predicted class, 0 to 1. */
  certainty: ArrayLike<number>;
  /** `[samples]`: what ranks samples by certainty where float32 rounds it to 1; `logOdds` of `certainty.ts`. */
  logOdds: ArrayLike<number>;
  /** `[classes, dim]`: the learned centers; where none are learned, the centers of mass. */
  centers: ArrayLike<number>;
}

/** A sample at the end of a class's range of certainty. */
export interface ExtremeSample {
  /** Its row; -1 where no sample is predicted as the class, with NaN for the rest. */
  sample: number;
  certainty: number;
  /** From the class's learned center, in units of the features. */
  distance: number;
}

/** What is measured of one class. */
export interface ClassDensity {
  /** Samples of the class, by label. */
  samples: number;
  /** Their mean feature, `[dim]`: the center of mass; NaN without samples, as all that rests on it. */
  mass: Float64Array;
  /** From the learned center to the center of mass. */
  centerToMass: number;
  /** Among the samples that are predicted as the class, whatever their label. */
  mostCertain: ExtremeSample;
  /** Among the same. */
  leastCertain: ExtremeSample;
  /** Mean over the samples of the class, by label. */
  meanCertainty: number;
  /** False for a corner of the convex hull of the centers; `undefined` for a center that is not finite, or not 2-D. */
  enclosed: boolean | undefined;
  /** From the center of mass to the nearest one of another class. */
  nearestOther: number;
  /** Mean distance from the center of mass to those of the other classes. */
  meanOther: number;
}

/** Both coefficients of one pair of measures. */
export interface Correlations {
  pearson: number;
  spearman: number;
}

/** What {@linkcode densityClaims} measures. */
export interface DensityClaims {
  /** One a class. */
  classes: ClassDensity[];
  /** A class's mean certainty with its `nearestOther` and `meanOther`, over the classes that have samples. */
  overClasses: { nearestOther: Correlations; meanOther: Correlations };
  /** A sample's certainty with its distance to the centers of mass of all classes but the predicted one: the nearest, the mean. */
  overSamples: { nearestOther: Correlations; meanOther: Correlations };
  /** Mean of the classes' `meanCertainty`, each class once: enclosed ones, and corners of the hull. NaN where none is. */
  meanCertainty: { enclosed: number; outer: number };
}

/**
 * The claims of "Density and center loss" as numbers: centers beside centers of mass, where the most certain samples
 * lie, whether certainty goes with distance to the other classes, and whether enclosed classes are less certain.
 *
 * Centers of mass and mean certainties are over the samples *of* a class, which its center is trained on. The most and
 * least certain are among those *predicted as* it, because certainty is the probability of the predicted class; so the
 * least certain sample lies at the class's border. Of equals the first counts. In `overSamples` the other classes are all
 * but the predicted one, for the same reason.
 *
 * @throws {TypeError} When lengths do not fit.
 * @throws {RangeError} When a label or a prediction is no class, or a certainty is NaN or not 0 to 1.
 */
export function densityClaims(of: DensitySamples): DensityClaims {
  const dim = checkLengths(of);
  const count = of.centers.length / dim;
  const act = "density claims";
  const own = rowsByClass(act, of.features, of.labels, count);
  const taken = rowsByClass(act, of.features, of.predicted, count);
  checkCertainty(of, taken.flat());
  const hull = dim === 2 ? onHull(of.centers) : [];
  const masses = own.map((rows) => meanRow(of.features, rows, dim));
  const present = own.map((_, k) => k).filter((k) => own[k].length > 0);
  /** From `row` of `points` to the center of mass of each class with samples but `k`: the least, and the mean. */
  const others = (points: ArrayLike<number>, row: number, k: number) => {
    const distances = present.filter((other) => other !== k)
      .map((other) => distance(points, row, masses[other], 0, dim));
    return distances.length === 0
      ? { nearestOther: NaN, meanOther: NaN }
      : { nearestOther: Math.min(...distances), meanOther: meanOf(distances) };
  };
  const classes = own.map((rows, k): ClassDensity => ({
    samples: rows.length,
    mass: masses[k],
    centerToMass: distance(of.centers, k, masses[k], 0, dim),
    mostCertain: extreme(of, taken[k], k, dim, (a, b) => a > b),
    leastCertain: extreme(of, taken[k], k, dim, (a, b) => a < b),
    meanCertainty: meanOf(rows.map((i) => of.certainty[i])),
    enclosed: hull[k] === undefined ? undefined : !hull[k],
    ...others(masses[k], 0, k),
  }));
  const kept = present.map((k) => classes[k]);
  const samples = taken.flatMap((rows, k) =>
    rows.map((i) => ({ certainty: of.certainty[i], ...others(of.features, i, k) }))
  );
  const side = (enclosed: boolean) =>
    meanOf(kept.filter((c) => c.enclosed === enclosed).map((c) => c.meanCertainty));
  return {
    classes,
    overClasses: correlate(kept, (c) => c.meanCertainty),
    overSamples: correlate(samples, (s) => s.certainty),
    meanCertainty: { enclosed: side(true), outer: side(false) },
  };
}

type Others = Pick<ClassDensity, "nearestOther" | "meanOther">;

function correlate<T extends Others>(all: readonly T[], certainty: (one: T) => number) {
  const a = all.map(certainty);
  const both = (b: number[]) => ({ pearson: pearson(a, b), spearman: spearman(a, b) });
  return {
    nearestOther: both(all.map((one) => one.nearestOther)),
    meanOther: both(all.map((one) => one.meanOther)),
  };
}

/** Of `rows`, the first whose log-odds are beyond all others'. */
function extreme(
  { features, certainty, logOdds, centers }: DensitySamples,
  rows: readonly number[],
  k: number,
  dim: number,
  beyond: (a: number, b: number) => boolean,
): ExtremeSample {
  if (rows.length === 0) return { sample: -1, certainty: NaN, distance: NaN };
  const sample = rows.reduce((best, i) => beyond(logOdds[i], logOdds[best]) ? i : best);
  return {
    sample,
    certainty: certainty[sample],
    distance: distance(features, sample, centers, k, dim),
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

function checkLengths(of: DensitySamples): number {
  const dim = rowLength("density claims", of.features, of.labels);
  const samples = of.labels.length;
  for (const name of ["predicted", "certainty", "logOdds"] as const) {
    if (of[name].length !== samples) {
      throw new TypeError(
        `Cannot take density claims of ${samples} samples with ${
          of[name].length
        } numbers of ${name}: give one a sample`,
      );
    }
  }
  if (of.centers.length === 0 || of.centers.length % dim !== 0) {
    throw new TypeError(
      `Cannot take density claims of ${dim}-D features with ${of.centers.length} numbers as centers: give [classes, ${dim}]`,
    );
  }
  return dim;
}

function checkCertainty({ certainty, logOdds }: DensitySamples, rows: readonly number[]): void {
  const i = rows.find((i) => !(certainty[i] >= 0 && certainty[i] <= 1) || Number.isNaN(logOdds[i]));
  if (i === undefined) return;
  throw new RangeError(
    `Cannot take density claims of sample ${i} with certainty ${certainty[i]} and log-odds ${
      logOdds[i]
    }: certainty must be 0 to 1, and neither NaN`,
  );
}
