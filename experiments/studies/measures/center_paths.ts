/** Whether centers move together, beside paths that are mirrored about the ways of their centers. */
import { meanOf } from "../../../src/base/averages.ts";
import { pathCorrelation } from "../../../src/metrics/path_correlation.ts";
import {
  type AgainstShuffled,
  againstShuffled,
  mirroredPaths,
  type ShuffleOptions,
} from "../../../src/metrics/shuffled.ts";
import { distance } from "./class_rows.ts";
import { spearman } from "./correlation.ts";

/** So that a path has two steps. */
export const FEWEST_EPOCHS = 3;

/** All pairs of centers count, so that none is picked. */
export interface CenterPaths {
  /** Mean of |r| over all pairs. */
  strength: AgainstShuffled;
  /** Spearman's correlation of r with the distance of two centers in the last epoch: below 0 where neighbours go together. */
  withDistance: AgainstShuffled;
}

/**
 * @param paths The centers `[classes, dim]` of each epoch, in their order.
 * @throws {RangeError} When there are fewer than three epochs.
 */
export function centerPaths(
  paths: readonly Float32Array[],
  classes: number,
  options?: ShuffleOptions,
): CenterPaths {
  const last = paths.at(-1)!, dim = last.length / classes;
  const pairs = (of: (a: number, b: number) => number) =>
    Array.from({ length: classes }, (_, a) => Array.from({ length: a }, (_, b) => of(a, b))).flat();
  const apart = pairs((a, b) => distance(last, a, last, b, dim));
  const measure = (of: readonly Float32Array[]) => {
    const r = pathCorrelation(of, classes), all = pairs((a, b) => r[a * classes + b]);
    return { strength: meanOf(all.map(Math.abs)), withDistance: spearman(all, apart) };
  };
  const real = measure(paths);
  const beside = (name: keyof CenterPaths) =>
    againstShuffled(
      real[name],
      (random) => measure(mirroredPaths(paths, classes, random))[name],
      options,
    );
  return { strength: beside("strength"), withDistance: beside("withDistance") };
}
