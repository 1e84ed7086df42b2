/** Certainty and place: numbers for what pictures of features and their density suggest. */
import { meanOf } from "../../../src/base/averages.ts";
import { probabilityOf } from "../../run_folder/epoch_samples.ts";
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
  /** `[samples]`: the log-odds of its probability, which rank samples by certainty where float32 rounds that to 1. */
  logOdds: ArrayLike<number>;
  /** `[classes, dim]`: the learned centers; where none are learned, the centers of mass. */
  centers: ArrayLike<number>;
}

/** A sample at the end of a class's range of certainty; NaN where no sample is predicted as the class. */
export interface ExtremeSample {
  certainty: number;
  /** From the class's learned center, in units of the features. */
  distance: number;
}

/** How far away the other classes are: the nearest center of mass, and the mean over all; NaN where there is none. */
export interface Others {
  nearestOther: number;
  meanOther: number;
}

/** What is measured of one class. */
export interface ClassDensity extends Others {
  /** Samples of the class, by label. */
  samples: number;
  /** From the learned center to the center of mass, the mean feature of its samples; NaN without samples. */
  centerToMass: number;
  /** Mean distance of the samples of the class, by label, from its learned center. */
  centerToSample: number;
  /** Among the samples that are predicted as the class, whatever their label; of equals the first. */
  mostCertain: ExtremeSample;
  leastCertain: ExtremeSample;
  /** Mean over the samples of the class, by label. */
  meanCertainty: number;
  /** False for a corner of the convex hull of the centers; `undefined` for a center that is not finite, or not 2-D. */
  enclosed: boolean | undefined;
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
  /** A class's mean certainty with its distances to the others, over the classes that have samples. */
  overClasses: Record<keyof Others, Correlations>;
  /** A sample's certainty with its distances to the centers of mass of all classes but the predicted one. */
  overSamples: Record<keyof Others, Correlations>;
  /** The same over the samples that are predicted as enclosed classes. */
  overEnclosed: Record<keyof Others, Correlations>;
  /** Mean of the classes' `meanCertainty`, each class once: enclosed ones, and corners of the hull. NaN where none is. */
  meanCertainty: { enclosed: number; outer: number };
}

/**
 * The claims of "Density and center loss" as numbers: centers beside centers of mass, where the most certain samples
 * lie, whether certainty goes with distance to the other classes, and whether enclosed classes are less certain.
 *
 * Centers of mass and mean certainties are over the samples *of* a class, which its center is trained on. The most and
 * least certain are among those *predicted as* it, because certainty is the probability of the predicted class; so the
 * least certain sample lies at the class's border. In `overSamples` the other classes are all but the predicted one, for
 * the same reason.
 *
 * @throws {TypeError} When lengths do not fit.
 * @throws {RangeError} When a label or a prediction is no class.
 */
export function densityClaims(of: DensitySamples): DensityClaims {
  const { features, labels, predicted, logOdds, centers } = of;
  const act = "density claims", dim = rowLength(act, features, labels);
  const own = rowsByClass(act, features, labels, centers.length / dim);
  const taken = rowsByClass(act, features, predicted, centers.length / dim);
  const certainty = Float64Array.from(logOdds, probabilityOf);
  const hull = dim === 2 ? onHull(centers) : [];
  const masses = own.map((rows) => meanRow(features, rows, dim));
  const present = own.map((_, k) => k).filter((k) => own[k].length > 0);
  /** From `row` of `points` to the other classes than `k`. */
  const others = (points: ArrayLike<number>, row: number, k: number): Others => {
    const distances = present.filter((other) => other !== k)
      .map((other) => distance(points, row, masses[other], 0, dim));
    const nearest = distances.length === 0 ? NaN : Math.min(...distances);
    return { nearestOther: nearest, meanOther: meanOf(distances) };
  };
  /** Of the samples predicted as class `k`, the first that is beyond all others. */
  const extreme = (k: number, beyond: (a: number, b: number) => boolean): ExtremeSample => {
    if (taken[k].length === 0) return { certainty: NaN, distance: NaN };
    const i = taken[k].reduce((best, i) => beyond(logOdds[i], logOdds[best]) ? i : best);
    return { certainty: certainty[i], distance: distance(features, i, centers, k, dim) };
  };
  const classes = own.map((rows, k): ClassDensity => ({
    samples: rows.length,
    centerToMass: distance(centers, k, masses[k], 0, dim),
    centerToSample: meanOf(rows.map((i) => distance(features, i, centers, k, dim))),
    mostCertain: extreme(k, (a, b) => a > b),
    leastCertain: extreme(k, (a, b) => a < b),
    meanCertainty: meanOf(rows.map((i) => certainty[i])),
    enclosed: hull[k] === undefined ? undefined : !hull[k],
    ...others(masses[k], 0, k),
  }));
  const kept = present.map((k) => classes[k]);
  const samples = taken.map((rows, k) =>
    rows.map((i) => ({ certainty: certainty[i], rank: logOdds[i], ...others(features, i, k) }))
  );
  const over = (chosen: typeof samples[number]) =>
    correlate(chosen, chosen.map((s) => s.certainty), chosen.map((s) => s.rank));
  const side = (enclosed: boolean) =>
    meanOf(kept.filter((c) => c.enclosed === enclosed).map((c) => c.meanCertainty));
  return {
    classes,
    overClasses: correlate(kept, kept.map((c) => c.meanCertainty)),
    overSamples: over(samples.flat()),
    overEnclosed: over(samples.filter((_, k) => classes[k].enclosed).flat()),
    meanCertainty: { enclosed: side(true), outer: side(false) },
  };
}

/** @param ranks What ranks the certainties where they round to 1. */
function correlate(all: readonly Others[], certainty: number[], ranks: number[] = certainty) {
  const both = (b: number[]) => ({
    pearson: pearson(certainty, b),
    spearman: spearman(ranks, b),
  });
  return {
    nearestOther: both(all.map((one) => one.nearestOther)),
    meanOther: both(all.map((one) => one.meanOther)),
  };
}
