import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  densityClaims,
  type DensitySamples,
} from "../../../../experiments/studies/measures/density_claims.ts";
import { pearson, spearman } from "../../../../experiments/studies/measures/correlation.ts";

const oddsOf = (certainties: readonly number[]) => certainties.map((p) => Math.log(p / (1 - p)));

/** Three corners (0 to 2), class 3 between them, class 4 without samples. Sample 8 was left out. */
const samples: DensitySamples = {
  features: [
    ...[0, 0, 2, 0], // class 0, mass (1, 0)
    ...[8, 0, 10, 0], // class 1, mass (9, 0)
    ...[0, 7, 0, 9], // class 2, mass (0, 8)
    ...[3, 3, 3, 1], // class 3, mass (3, 2)
    ...[NaN, NaN],
  ],
  labels: [0, 0, 1, 1, 2, 2, 3, 3, 3],
  predicted: [0, 0, 1, 1, 2, 2, 3, 0, -1],
  // Float64, too, rounds the certainty of the first two to 1.
  logOdds: [40, 50, ...oddsOf([0.9, 0.7, 0.6, 0.8, 0.5, 0.4]), NaN],
  centers: [1, 1, 10, 0, 0, 8, 3, 3, 4, 1],
};
const found = densityClaims(samples), { classes } = found;

const close = (actual: readonly number[], expected: readonly number[]) => {
  assertEquals(actual.length, expected.length);
  expected.forEach((value, i) =>
    Number.isNaN(value) ? assertEquals(actual[i], NaN) : assertAlmostEquals(actual[i], value)
  );
};

Deno.test("densityClaims() measure centers against centers of mass, by label", () => {
  assertEquals(classes.map((c) => c.samples), [2, 2, 2, 2, 0]);
  assertEquals(classes.map((c) => c.centerToMass), [1, 1, 0, 1, NaN]);
  close(classes.map((c) => c.meanCertainty), [1, 0.8, 0.7, 0.45, NaN]);
  // From (1, 1) to (0, 0) and (2, 0); from (10, 0) to (8, 0) and itself; ...
  close(classes.map((c) => c.centerToSample), [Math.SQRT2, 1, 1, 1, NaN]);
});

Deno.test("densityClaims() find the most and least certain samples, by prediction and log-odds", () => {
  close(classes.map((c) => c.mostCertain.certainty), [1, 0.9, 0.8, 0.5, NaN]);
  close(classes.map((c) => c.mostCertain.distance), [Math.SQRT2, 2, 1, 0, NaN]);
  close(classes.map((c) => c.leastCertain.certainty), [0.4, 0.7, 0.6, 0.5, NaN]);
  close(classes.map((c) => c.leastCertain.distance), [2, 0, 1, 0, NaN]);
});

Deno.test("densityClaims() set enclosed classes against the corners of the hull", () => {
  // Class 4, without samples, is enclosed by its center, and counts in no mean.
  assertEquals(classes.map((c) => c.enclosed), [false, false, false, true, true]);
  assertAlmostEquals(found.meanCertainty.enclosed, 0.45);
  assertAlmostEquals(found.meanCertainty.outer, (1 + 0.8 + 0.7) / 3);
});

Deno.test("densityClaims() measure distances to the other classes that have samples", () => {
  assertAlmostEquals(classes[0].nearestOther, Math.sqrt(8));
  assertAlmostEquals(classes[0].meanOther, (8 + Math.sqrt(65) + Math.sqrt(8)) / 3);
  assertEquals(classes[4].nearestOther, NaN);
  const kept = classes.slice(0, 4), certainty = kept.map((c) => c.meanCertainty);
  for (const name of ["nearestOther", "meanOther"] as const) {
    const distances = kept.map((c) => c[name]);
    assertEquals(found.overClasses[name], {
      pearson: pearson(certainty, distances),
      spearman: spearman(certainty, distances),
    });
  }
});

Deno.test("densityClaims() correlate certainty with distance over samples: to all but the predicted class", () => {
  // Two classes on a line, masses 0.5 and 7: distances 7, 6, 8.5, 9.5 and 5; the last sample is taken for class 0.
  const { overSamples } = densityClaims({
    features: [0, 1, 9, 10, 2],
    labels: [0, 0, 1, 1, 1],
    predicted: [0, 0, 1, 1, 0],
    logOdds: oddsOf([0.7, 0.6, 0.85, 0.95, 0.5]),
    centers: [0, 0],
  });
  for (const { pearson, spearman } of [overSamples.nearestOther, overSamples.meanOther]) {
    close([pearson, spearman], [1, 1]);
  }
});

Deno.test("densityClaims() take other dimensions than two, without a hull, and a class without others", () => {
  const { classes: [one], overClasses, meanCertainty } = densityClaims({
    ...{ features: [0, 0, 3, 1, 2, 5], labels: [0, 0], predicted: [0, 0], logOdds: [9, 8] },
    centers: [0, 0, 0],
  });
  assertEquals([one.enclosed, one.nearestOther, one.meanOther], [undefined, NaN, NaN]);
  assertEquals(meanCertainty, { enclosed: NaN, outer: NaN });
  assertEquals(overClasses.meanOther, { pearson: NaN, spearman: NaN });
});

Deno.test("densityClaims() refuse what does not fit", () => {
  const wrong = (part: Partial<DensitySamples>, words: string, kind: typeof TypeError) =>
    assertThrows(() => densityClaims({ ...samples, ...part }), kind, words);
  wrong({ features: [1, 2, 3] }, "of 3 numbers with 9 labels", TypeError);
  wrong({ labels: [0, 0, 1, 1, 2, 2, 3, 5, 3] }, "the label 5 of sample 7", RangeError);
});
