/** Which classes sit in the middle of the others, and in how many runs. */
import { meanOf } from "../../../src/base/averages.ts";
import { onHull } from "./convex_hull.ts";

/** Where a class lies among all. */
export interface MiddlePlace {
  /** 1 for the class nearest to the centroid of all classes, then 2, ...; of equals the smaller class. NaN if absent. */
  rank: number;
  /** True inside the convex hull of all classes or within an edge of it, false at a corner; `undefined` if absent. */
  enclosed: boolean | undefined;
}

/**
 * Ranks classes from the middle outwards. A class whose point is not finite is absent, and counts nowhere.
 *
 * @param points `[classes, 2]`: learned centers, centers of mass or medians. The centroid is their mean, each class once.
 * @returns One a class.
 * @throws {TypeError} When `points` is no whole number of pairs.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const places = middlePlaces([1, 1, 0, 0, 3, 0, 0, 3]);
 * assertEquals(places.map((p) => p.rank), [1, 2, 3, 4]);
 * assertEquals(places.map((p) => p.enclosed), [true, false, false, false]);
 * ```
 */
export function middlePlaces(points: ArrayLike<number>): MiddlePlace[] {
  const outer = onHull(points);
  const present = outer.map((_, k) => k).filter((k) => outer[k] !== undefined);
  const mean = (axis: number) => meanOf(present.map((k) => points[2 * k + axis]));
  const [x, y] = [mean(0), mean(1)];
  const distances = outer.map((_, k) => Math.hypot(points[2 * k] - x, points[2 * k + 1] - y));
  const order = present.toSorted((a, b) => distances[a] - distances[b] || a - b);
  return outer.map((corner, k) =>
    corner === undefined
      ? { rank: NaN, enclosed: undefined }
      : { rank: order.indexOf(k) + 1, enclosed: !corner }
  );
}

/** How often a class sits in the middle. */
export interface MiddleCount {
  /** In how many runs the class is there. */
  runs: number;
  /** In how many of them its rank is at most `nearest`. */
  nearest: number;
  /** In how many of them it is enclosed. */
  enclosed: number;
  /** Mean of its ranks; NaN without a run. */
  meanRank: number;
}

/**
 * Counts over runs (seeds) how often each class sits in the middle, to check a remark such as "4 and 8 sit in the middle"
 * (wangx404/Center_Loss_in_MXNet): for two classes, with `nearest` 2.
 *
 * @param runs The points of each run, `[classes, 2]`, as {@linkcode middlePlaces} takes them.
 * @param nearest How many classes count as the middle.
 * @returns One a class.
 * @throws {TypeError} When the runs differ in the number of classes.
 */
export function middleCounts(
  runs: readonly ArrayLike<number>[],
  nearest: number,
): MiddleCount[] {
  const sizes = new Set(runs.map((points) => points.length / 2));
  if (sizes.size > 1) {
    throw new TypeError(
      `Cannot count over runs of ${[...sizes].join(" and ")} classes: they must be as many`,
    );
  }
  const places = runs.map(middlePlaces);
  return (places[0] ?? []).map((_, k) => {
    const own = places.map((all) => all[k]).filter(({ enclosed }) => enclosed !== undefined);
    const count = (of: (p: MiddlePlace) => boolean | undefined) => own.filter(of).length;
    return {
      runs: own.length,
      nearest: count((p) => p.rank <= nearest),
      enclosed: count((p) => p.enclosed),
      meanRank: meanOf(own.map((p) => p.rank)),
    };
  });
}
