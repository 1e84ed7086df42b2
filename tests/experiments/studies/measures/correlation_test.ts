import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { pearson, spearman } from "../../../../experiments/studies/measures/correlation.ts";

const cases: [a: number[], b: number[], pearson: number, spearman: number][] = [
  // Deviations (-1.5, -0.5, 0.5, 1.5) and (-1, 1, -1, 1); ranks 1, 2, 3, 4 and 1.5, 3.5, 1.5, 3.5.
  [[1, 2, 3, 4], [0, 2, 0, 2], 2 / Math.sqrt(20), 2 / Math.sqrt(20)],
  [[1, 2, 3, 4], [8, 6, 4, 2], -1, -1],
  [[1e7, 1e7 + 1, 1e7 + 2], [5, 6, 7], 1, 1],
  [[0, 1, 2], [0, 1, 4], 4 / Math.sqrt(2 * 26 / 3), 1],
  // Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4.
  [[1, 2, 2, 3], [1, 2, 3, 4], 3 / Math.sqrt(10), 4.5 / Math.sqrt(22.5)],
  [[], [], NaN, NaN],
  [[1], [2], NaN, NaN],
  [Array(10).fill(0.1), [...Array(10).keys()], NaN, NaN],
  [[1, 2, 3], [4, NaN, 5], NaN, NaN],
  [[1, Infinity, 3], [4, 3, 5], NaN, NaN],
];
for (const [a, b, linear, ranked] of cases) {
  Deno.test(`pearson() and spearman() of [${a}] and [${b}]`, () => {
    for (const [actual, expected] of [[pearson(a, b), linear], [spearman(a, b), ranked]]) {
      if (Number.isNaN(expected)) assertEquals(actual, NaN);
      else assertAlmostEquals(actual, expected);
    }
  });
}

Deno.test("pearson() and spearman() refuse lists of different lengths", () => {
  const words = "Cannot correlate 1 numbers with 2: give as many of both";
  for (const f of [pearson, spearman]) assertThrows(() => f([1], [1, 2]), TypeError, words);
});
