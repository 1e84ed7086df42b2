/** Measures of classes on the CPU: spread, nearest classes, AUROC, neural collapse. */
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { auroc } from "../../src/metrics/auroc.ts";
import { classSpread } from "../../src/metrics/class_spread.ts";
import { nearestByCosine, nearestByDistance, unitRows } from "../../src/metrics/nearest_class.ts";
import { neuralCollapse } from "../../src/metrics/neural_collapse.ts";
import { array64 } from "../../src/reference/array64.ts";
import * as aurocTwin from "../../src/reference/auroc.ts";
import * as spreadTwin from "../../src/reference/class_spread.ts";
import * as nearestTwin from "../../src/reference/nearest_class.ts";
import * as collapseTwin from "../../src/reference/neural_collapse.ts";
import { uniform } from "../../src/reference/uniform.ts";
import fixture from "./measures.json" with { type: "json" };

Deno.test("auroc() is the twin's and scikit-learn's, ties and all", () => {
  const { positive, negative, area } = fixture.auroc;
  assertAlmostEquals(auroc(positive, negative), area, 1e-12);
  assertAlmostEquals(auroc(positive, negative), aurocTwin.auroc(positive, negative), 1e-12);
  assertAlmostEquals(auroc(negative, positive), 1 - area, 1e-12);
  assertEquals(auroc([5], [1, 2]), 1);
  assertEquals(auroc([2, Infinity], [2, Infinity]), 0.5);
  assertThrows(() => auroc([], [1]), RangeError, "of 0 positive and 1 negative scores");
  assertThrows(() => auroc([1, NaN], [1]), RangeError, "scores that are NaN");
});

Deno.test("neuralCollapse() is the twin's and numpy's", () => {
  for (const { classes, features, labels, weight, predicted, collapse } of fixture.cases) {
    const found = neuralCollapse(Float32Array.from(features), labels, classes, {
      weight,
      predicted,
    });
    const dim = features.length / labels.length;
    const twin: Record<string, number> = collapseTwin.neuralCollapse(
      array64([labels.length, dim], features),
      labels,
      classes,
      array64([classes, dim], weight),
      predicted,
    );
    for (const [name, expected] of Object.entries(collapse)) {
      const value = found[name as keyof typeof found];
      assertAlmostEquals(value, expected, 1e-9 * Math.max(1, expected), `${name}, numpy's`);
      assertAlmostEquals(value, twin[name], 1e-9 * Math.max(1, expected), `${name}, the twin's`);
    }
  }
});

Deno.test("neuralCollapse() without a classifier says nothing of one, and refuses what has no means", () => {
  const { nc1, nc3, nc4 } = neuralCollapse(Float32Array.of(0, 1, 4), [0, 0, 1], 2);
  assertEquals([nc3, nc4], [NaN, NaN]);
  const other = neuralCollapse(Float32Array.of(0, 1, 4), [0, 0, 1], 2, { predicted: [0, 1, 1] });
  assertEquals(other.nc3, NaN);
  assertAlmostEquals(other.nc4, 1 / 3);
  // S_W = (0.25 + 0.25) / 3; S_B = 1.75^2.
  assertAlmostEquals(nc1, 0.5 / 3 / 1.75 ** 2 / 2, 1e-12);
  const x = Float32Array.of(0, 1);
  assertThrows(() => neuralCollapse(x, [0, 2], 3), RangeError, "class 1 has no sample");
  assertThrows(() => neuralCollapse(x, [0, 0], 1), RangeError, "of 1 classes: it takes two");
  assertThrows(
    () => neuralCollapse(x, [0, 1], 2, { weight: [1], predicted: [0, 1] }),
    TypeError,
    "a weight of 1 numbers with 2 means of 1",
  );
});

Deno.test("neuralCollapse() is NaN where all classes lie on one point, and leaves out what rounding makes a direction", () => {
  for (const value of [0, 0.1, 7.77]) {
    const dead = neuralCollapse(new Float32Array(60).fill(value), labelsOf(30, 3), 3, {
      weight: [1, 2, 3, 4, 5, 6],
      predicted: labelsOf(30, 3),
    });
    const { nc4, ...others } = dead;
    assertEquals([Object.values(others), nc4], [[NaN, NaN, NaN, NaN, NaN], 2 / 3]);
  }
  // Points on a line through space, whose two other directions are rounding alone.
  const along = Float64Array.from({ length: 60 }, (_, i) => Math.sin(i * i) + i % 3 / 4);
  const line = Float32Array.from({ length: 180 }, (_, i) => along[Math.floor(i / 3)] * (i % 3 + 1));
  const plain = neuralCollapse(Float32Array.from(along), labelsOf(60, 3), 3).nc1;
  assertAlmostEquals(neuralCollapse(line, labelsOf(60, 3), 3).nc1, plain, 1e-5 * plain);
});

Deno.test("classSpread() is the twin's", () => {
  for (const { classes, features, labels } of fixture.cases) {
    const dim = features.length / labels.length;
    const found = classSpread(Float32Array.from(features), labels, classes);
    const twin = spreadTwin.classSpread(array64([labels.length, dim], features), labels);
    found.means.forEach((value, at) => assertAlmostEquals(value, twin.means.data[at], 1e-6));
    for (const name of ["within", "between", "ratio"] as const) {
      assertAlmostEquals(found[name], twin[name], 1e-6 * twin[name], name);
    }
  }
});

Deno.test("classSpread() leaves out classes without samples", () => {
  const { means, within, between } = classSpread(Float32Array.of(0, 0, 0, 2, 6, 8), [0, 0, 2], 3);
  assertEquals([...means], [0, 1, NaN, NaN, 6, 8]);
  assertAlmostEquals(within, Math.sqrt(2 / 3));
  assertAlmostEquals(between, Math.hypot(6, 7));
  assertThrows(() => classSpread(Float32Array.of(1, 2, 3), [0, 1], 2), TypeError, "3 numbers");
});

Deno.test("nearestByDistance() and nearestByCosine() are the twin's", () => {
  for (const [samples, classes, dim] of [[60, 7, 3], [40, 10, 2], [9, 1, 5]]) {
    const rows = uniform([samples, dim]), centers = uniform([classes, dim], { seed: 9 });
    // Some samples have the length 0, and two centers are one.
    rows.data.fill(0, 0, dim);
    centers.data.copyWithin((classes - 1) * dim, 0, dim);
    for (const name of ["nearestByDistance", "nearestByCosine"] as const) {
      const ours = name === "nearestByDistance" ? nearestByDistance : nearestByCosine;
      const found = ours(rows.data, centers.data, dim), twin = nearestTwin[name](rows, centers);
      assertEquals([...found.classes], twin.classes, name);
      found.distances.forEach((d, i) => assertAlmostEquals(d, twin.distances[i], 1e-12, name));
    }
  }
});

Deno.test("nearestByDistance() and nearestByCosine() agree on rows of length 1, and skip what is no center", () => {
  const rows = unitRows(uniform([40, 3]).data, 3), centers = unitRows(uniform([5, 3]).data, 3);
  const [a, b] = [nearestByDistance(rows, centers, 3), nearestByCosine(rows, centers, 3)];
  assertEquals(a.classes, b.classes);
  b.distances.forEach((d, i) => assertAlmostEquals(d, a.distances[i] ** 2 / 2, 1e-12));
  const some = [NaN, NaN, 1, 0, 1, 0];
  assertEquals([...nearestByDistance([3, 0, 0, 0], some, 2).classes], [1, 1]);
  assertEquals([...nearestByDistance([3, 0, 0, 0], some, 2).distances], [2, 1]);
  assertEquals([...nearestByCosine([0, 0], some, 2).distances], [1]);
  assertEquals([...nearestByDistance([1], [NaN], 1).classes], [-1]);
});

/** Classes in turn. */
function labelsOf(samples: number, classes: number): number[] {
  return Array.from({ length: samples }, (_, i) => i % classes);
}
