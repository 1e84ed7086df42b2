import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  densityClaims,
  type DensitySamples,
} from "../../../../experiments/studies/measures/density_claims.ts";
import { pearson, spearman } from "../../../../experiments/studies/measures/correlation.ts";
import { uniform } from "../../../../src/reference/uniform.ts";

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
  certainty: [1, 1, 0.9, 0.7, 0.6, 0.8, 0.5, 0.4, NaN],
  logOdds: [20, 30, 2.2, 0.8, 0.4, 1.4, 0, -0.4, NaN],
  centers: [1, 1, 10, 0, 0, 8, 3, 3, 4, 1],
};

Deno.test("densityClaims() measure centers against centers of mass, by label", () => {
  const { classes } = densityClaims(samples);
  assertEquals(classes.map((c) => c.samples), [2, 2, 2, 2, 0]);
  assertEquals(classes.map((c) => c.centerToMass), [1, 1, 0, 1, NaN]);
  assertEquals([...classes[1].mass], [9, 0]);
  const means = classes.map((c) => c.meanCertainty);
  [1, 0.8, 0.7, 0.45].forEach((mean, k) => assertAlmostEquals(means[k], mean));
  assertEquals(means[4], NaN);
});

Deno.test("densityClaims() find the most and least certain samples, by prediction and log-odds", () => {
  const { classes } = densityClaims(samples);
  assertEquals(classes[0].mostCertain, { sample: 1, certainty: 1, distance: Math.SQRT2 });
  assertEquals(classes[0].leastCertain, { sample: 7, certainty: 0.4, distance: 2 });
  assertEquals(classes[1].leastCertain, { sample: 3, certainty: 0.7, distance: 0 });
  assertEquals(classes[3].mostCertain, { sample: 6, certainty: 0.5, distance: 0 });
  assertEquals(classes[3].leastCertain.sample, 6);
  assertEquals(classes[4].mostCertain, { sample: -1, certainty: NaN, distance: NaN });
});

Deno.test("densityClaims() set enclosed classes against the corners of the hull", () => {
  const { classes, meanCertainty } = densityClaims(samples);
  // Class 4, without samples, is enclosed by its center, and counts in no mean.
  assertEquals(classes.map((c) => c.enclosed), [false, false, false, true, true]);
  assertAlmostEquals(meanCertainty.enclosed, 0.45);
  assertAlmostEquals(meanCertainty.outer, (1 + 0.8 + 0.7) / 3);
});

Deno.test("densityClaims() measure distances to the other classes that have samples", () => {
  const { classes, overClasses } = densityClaims(samples);
  const [d01, d02, d03] = [8, Math.sqrt(65), Math.sqrt(8)];
  assertAlmostEquals(classes[0].nearestOther, d03);
  assertAlmostEquals(classes[0].meanOther, (d01 + d02 + d03) / 3);
  assertEquals(classes[4].nearestOther, NaN);
  const kept = classes.slice(0, 4);
  const certainty = kept.map((c) => c.meanCertainty);
  const nearest = kept.map((c) => c.nearestOther), mean = kept.map((c) => c.meanOther);
  assertEquals(overClasses, {
    nearestOther: { pearson: pearson(certainty, nearest), spearman: spearman(certainty, nearest) },
    meanOther: { pearson: pearson(certainty, mean), spearman: spearman(certainty, mean) },
  });
});

Deno.test("densityClaims() correlate certainty with distance over samples: to all but the predicted class", () => {
  // Two classes on a line; certainty is the distance to the other's mass, and the last sample is taken for class 0.
  const { overSamples } = densityClaims({
    features: [0, 1, 9, 10, 2],
    labels: [0, 0, 1, 1, 1],
    predicted: [0, 0, 1, 1, 0],
    certainty: [0.7, 0.6, 0.85, 0.95, 0.5],
    logOdds: [0.7, 0.6, 0.85, 0.95, 0.5],
    centers: [0, 0],
  });
  // Masses 0.5 and 7: distances 7, 6, 8.5, 9.5 and 5.
  for (const { pearson, spearman } of [overSamples.nearestOther, overSamples.meanOther]) {
    assertAlmostEquals(pearson, 1, 1e-12);
    assertAlmostEquals(spearman, 1, 1e-12);
  }
});

Deno.test("densityClaims() take other dimensions than two, without a hull", () => {
  const [n, dim] = [40, 3];
  const { classes, meanCertainty, overSamples } = densityClaims({
    features: uniform([n, dim]).data,
    labels: Array.from({ length: n }, (_, i) => i % 4),
    predicted: Array.from({ length: n }, (_, i) => i % 4),
    certainty: uniform([n], { low: 0, high: 1, seed: 2 }).data,
    logOdds: uniform([n], { low: 0, high: 1, seed: 2 }).data,
    centers: uniform([4, dim], { seed: 3 }).data,
  });
  assertEquals(classes.map((c) => c.enclosed), Array(4).fill(undefined));
  assertEquals(meanCertainty, { enclosed: NaN, outer: NaN });
  assert(Math.abs(overSamples.meanOther.pearson) < 0.5);
});

Deno.test("densityClaims() know no other class where there is one", () => {
  const { classes, overClasses } = densityClaims({
    features: [0, 1],
    labels: [0, 0],
    predicted: [0, 0],
    certainty: [1, 1],
    logOdds: [1, 1],
    centers: [0],
  });
  assertEquals([classes[0].nearestOther, classes[0].meanOther], [NaN, NaN]);
  assertEquals(overClasses.meanOther, { pearson: NaN, spearman: NaN });
});

Deno.test("densityClaims() refuse what does not fit", () => {
  const wrong = (part: Partial<DensitySamples>, words: string, kind: typeof TypeError) =>
    assertThrows(() => densityClaims({ ...samples, ...part }), kind, words);
  wrong({ certainty: [1] }, "of 9 samples with 1 numbers of certainty", TypeError);
  wrong({ features: [1, 2, 3] }, "of 3 numbers with 9 labels", TypeError);
  wrong({ centers: [1, 2, 3] }, "2-D features with 3 numbers as centers", TypeError);
  wrong({ labels: [0, 0, 1, 1, 2, 2, 3, 5, 3] }, "the label 5 of sample 7", RangeError);
  const certainty = [1, 1, 0.9, NaN, 0.6, 0.8, 0.5, 0.4, NaN];
  wrong({ certainty }, "of sample 3 with certainty NaN and log-odds 0.8", RangeError);
});
