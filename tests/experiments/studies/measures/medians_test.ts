import { assertEquals, assertThrows } from "@std/assert";
import { medians } from "../../../../experiments/studies/measures/medians.ts";

const cases: [what: string, points: number[], labels: number[], expected: number[]][] = [
  [
    "each component on its own, the mean of two middles, NaN for an absent class",
    [9, -3, 1, 1, 5, 20, 2, 0, 4, 8, 7, 7],
    [0, 0, 0, 1, 1, 3],
    [5, 1, 3, 4, NaN, NaN, 7, 7],
  ],
  ["sorted by number", [10, 9, -1, 100, 2], [0, 0, 0, 0, 0], [9]],
  ["in any dimension", [1, 2, 3, 3, 2, 1], [1, 0], [3, 2, 1, 1, 2, 3]],
  [
    "without points that are not finite",
    [1, 1, NaN, 0, 0, Infinity, 3, 5, NaN, NaN],
    [0, 0, 0, 0, 1],
    [2, 3, NaN, NaN],
  ],
];
for (const [what, points, labels, expected] of cases) {
  Deno.test(`medians() ${what}`, () => {
    assertEquals([...medians(points, labels, Math.max(...labels) + 1)], expected);
  });
}

Deno.test("medians() refuse rows that are no whole number, and labels that are no class", () => {
  const words = "Cannot take medians of 3 numbers with 2 labels: give a row of numbers a label";
  assertThrows(() => medians([1, 2, 3], [0, 0], 1), TypeError, words);
  assertThrows(() => medians([], [], 1), TypeError, "of 0 numbers with 0 labels");
  for (const label of [2, -1, 0.5, NaN]) {
    const message = `the label ${label} of sample 1: the classes are 0 to 1`;
    assertThrows(() => medians([1, 2], [0, label], 2), RangeError, message);
  }
});
