import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { pearson } from "../../experiments/studies/measures/correlation.ts";
import { pathCorrelation } from "../../src/metrics/path_correlation.ts";
import { uniform } from "../../src/reference/uniform.ts";

const epochs = (...centers: number[][]) => centers.map((c) => Float32Array.from(c));

/** A random path of `classes` centers over 9 epochs. */
const random = (classes: number, dim: number) =>
  Array.from(
    { length: 9 },
    (_, t) => Float32Array.from(uniform([classes, dim], { seed: t + 1 }).data),
  );

Deno.test("pathCorrelation() in one dimension is Pearson's of the steps", () => {
  const paths = random(3, 1);
  const steps = (k: number) => paths.slice(1).map((c, t) => c[k] - paths[t][k]);
  const found = pathCorrelation(paths, 3);
  for (let a = 0; a < 3; a++) {
    for (let b = 0; b < 3; b++) {
      assertAlmostEquals(found[3 * a + b], pearson(steps(a), steps(b)), 1e-12);
    }
  }
});

Deno.test("pathCorrelation() by hand, in two dimensions", () => {
  // Deviations of center 0: (1, 0), (-1, 0); of center 1: (1, 1), (-1, -1); of center 2: (0, 2), (0, -2).
  const found = pathCorrelation(
    epochs([0, 0, 0, 0, 0, 0], [1, 0, 1, 1, 0, 2], [0, 0, 0, 0, 0, 0]),
    3,
  );
  const h = Math.SQRT1_2;
  [1, h, 0, h, 1, h, 0, h, 1].forEach((r, i) => assertAlmostEquals(found[i], r, 1e-12));
});

Deno.test("pathCorrelation() does not see a steady drift, a place or a scale", () => {
  const paths = random(2, 2);
  const moved = paths.map((c, t) =>
    Float32Array.from(c, (x, i) => i < 2 ? x : 3 * x + 0.5 * t * (i - 2) - 7)
  );
  assertAlmostEquals(pathCorrelation(moved, 2)[1], pathCorrelation(paths, 2)[1], 1e-5);
});

Deno.test("pathCorrelation() stays as it is when the plane turns", () => {
  const paths = random(4, 2);
  const [c, s] = [Math.cos(1), Math.sin(1)];
  const turned = paths.map((p) =>
    p.map((_, i) => i % 2 === 0 ? c * p[i] - s * p[i + 1] : s * p[i - 1] + c * p[i])
  );
  const found = pathCorrelation(turned, 4);
  pathCorrelation(paths, 4).forEach((r, i) => assertAlmostEquals(found[i], r, 1e-5));
});

Deno.test("pathCorrelation() is 1 for centers that are tied, -1 for mirrored ones", () => {
  const paths = random(1, 2).map(([x, y]) => Float32Array.of(x, y, x, y, -x, -y));
  const found = pathCorrelation(paths, 3);
  [1, 1, -1, 1, 1, -1, -1, -1, 1].forEach((r, i) => assertAlmostEquals(found[i], r, 1e-12));
});

Deno.test("pathCorrelation() is NaN for a center that stands still, moves steadily or is NaN", () => {
  const paths = random(1, 2).map(([x, y], t) =>
    Float32Array.of(x, y, 0.1, -3, 0.1 * t, 4 - 0.3 * t, NaN, t * t, 0, 0)
  );
  const found = pathCorrelation(paths, 5);
  assertEquals([...found], [1, ...Array(24).fill(NaN)]);
});

Deno.test("pathCorrelation() refuses too few epochs, and epochs that differ", () => {
  assertThrows(
    () => pathCorrelation(epochs([1, 2], [3, 4]), 1),
    RangeError,
    "Cannot correlate paths over 2 epochs: two steps, three epochs, are the least",
  );
  assertThrows(
    () => pathCorrelation(epochs([1, 2], [3, 4], [5]), 1),
    TypeError,
    "Cannot correlate paths of 2 and 1 numbers an epoch: give [1, dim] in every epoch",
  );
  assertThrows(() => pathCorrelation(epochs([1], [3], [5]), 2), TypeError, "[2, dim]");
});
