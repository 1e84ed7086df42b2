import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { calibration } from "../../src/metrics/calibration.ts";
import { calibrationError } from "../../src/reference/calibration.ts";
import { uniform } from "../../src/reference/uniform.ts";

Deno.test("calibration() weighs the gap of each bin by its samples", () => {
  // (0, 0.5]: certainty 0.3, accuracy 1/2. (0.5, 1]: certainty 0.8, accuracy 2/3.
  const found = calibration([0.2, 0.4, 0.6, 0.8, 1], [1, 0, 1, 0, 1], 2);
  assertAlmostEquals(found.meanCertainty, 0.6);
  assertAlmostEquals(found.accuracy, 0.6);
  assertAlmostEquals(found.ece, 2 / 5 * 0.2 + 3 / 5 * (0.8 - 2 / 3));
  assertEquals(found.bins.map((b) => b.count), [2, 3]);
  assertAlmostEquals(found.bins[0].confidence, 0.3);
  assertAlmostEquals(found.bins[1].confidence, 0.8);
  assertEquals(found.bins.map((b) => b.accuracy), [0.5, 2 / 3]);
});

Deno.test("calibration() takes 15 bins where none are asked for, and empty ones count nothing", () => {
  const { bins, ece } = calibration([0.99, 0.97], [true, false]);
  assertEquals(bins.length, 15);
  assertEquals(bins[0], { confidence: NaN, accuracy: NaN, count: 0 });
  assertEquals(bins.map((b) => b.count), [...Array(14).fill(0), 2]);
  assertAlmostEquals(ece, 0.48);
});

Deno.test("calibration() has an error of what is missing to 1 where all are correct", () => {
  const { accuracy, ece, meanCertainty } = calibration([0.5, 0.7, 0.9], [true, true, true], 10);
  assertEquals(accuracy, 1);
  assertAlmostEquals(meanCertainty, 0.7);
  assertAlmostEquals(ece, 0.3);
  assertEquals(calibration([1, 1], [true, true]).ece, 0);
  assertEquals(calibration([1, 1], [false, false]).ece, 1);
});

Deno.test("calibration() closes its bins on the right, at every edge that a float64 can be", () => {
  for (const bins of [1, 3, 7, 10, 15, 49]) {
    for (let m = 1; m <= bins; m++) {
      const counts = calibration([m / bins], [true], bins).bins.map((b) => b.count);
      assertEquals(counts.indexOf(1), m - 1, `${m} / ${bins}`);
      if (m === bins) continue;
      const above = calibration([m / bins + 1e-15], [true], bins).bins.map((b) => b.count);
      assertEquals(above.indexOf(1), m, `just above ${m} / ${bins}`);
    }
  }
  assertEquals(calibration([0], [false], 4).bins.map((b) => b.count), [1, 0, 0, 0]);
});

Deno.test("calibration() is the twin's", () => {
  for (const [samples, bins] of [[1, 15], [40, 1], [200, 7], [500, 15]]) {
    const { data } = uniform([2, samples], { seed: bins, low: 0, high: 1 });
    const certainty = [...data.subarray(0, samples)];
    const correct = certainty.map((p, i) => data[samples + i] < p);
    const { ece } = calibration(certainty, correct, bins);
    assertAlmostEquals(ece, calibrationError(certainty, correct, bins), 1e-12);
  }
});

Deno.test("calibration() refuses what is no probability, and no samples", () => {
  for (const p of [NaN, -0.01, 1.01]) {
    assertThrows(
      () => calibration(Float64Array.of(0.5, p), [1, 1]),
      RangeError,
      `Cannot calibrate sample 1 of certainty ${p}: it must be 0 to 1`,
    );
  }
  assertThrows(() => calibration([1], [NaN]), RangeError, "sample 0 with a hit of NaN");
  assertThrows(() => calibration([], []), RangeError, "Cannot calibrate no samples");
  assertThrows(() => calibration([1], [1], 0), RangeError, "Cannot calibrate in 0 bins");
  assertThrows(() => calibration([1], [1, 0]), TypeError, "1 certainties with 2 hits and misses");
});
