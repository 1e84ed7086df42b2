import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { pearson, ranks, spearman } from "../../../../experiments/studies/measures/correlation.ts";

Deno.test("pearson() is the textbook's", () => {
  // Deviations (-1.5, -0.5, 0.5, 1.5) and (-1, 1, -1, 1): 2 / sqrt(5 * 4).
  assertAlmostEquals(pearson([1, 2, 3, 4], [0, 2, 0, 2]), 2 / Math.sqrt(20));
  assertAlmostEquals(pearson([1, 2, 3, 4], [8, 6, 4, 2]), -1);
  assertAlmostEquals(pearson(Float32Array.of(1e7, 1e7 + 1, 1e7 + 2), [5, 6, 7]), 1);
});

Deno.test("pearson() and spearman() are NaN where nothing varies, or something is not finite", () => {
  for (const f of [pearson, spearman]) {
    assertEquals(f([], []), NaN);
    assertEquals(f([1], [2]), NaN);
    assertEquals(f(Array(10).fill(0.1), [...Array(10).keys()]), NaN);
    assertEquals(f([1, 2, 3], [4, NaN, 5]), NaN);
    assertEquals(f([1, Infinity, 3], [4, 3, 5]), NaN);
  }
});

Deno.test("spearman() sees the order alone, and shares ranks among equals", () => {
  assertAlmostEquals(spearman([1, 2, 3, 4], [1, 10, 100, 1000]), 1);
  // Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: 4.5 / sqrt(4.5 * 5).
  assertAlmostEquals(spearman([1, 2, 2, 3], [1, 2, 3, 4]), 4.5 / Math.sqrt(22.5));
});

Deno.test("ranks() count from 1, and equals share the mean of theirs", () => {
  assertEquals([...ranks([30, 10, 20])], [3, 1, 2]);
  assertEquals([...ranks([5, 1, 5, 5])], [3, 1, 3, 3]);
  assertEquals([...ranks([])], []);
});

Deno.test("pearson() and spearman() refuse lists of different lengths", () => {
  const words = "Cannot correlate 1 numbers with 2: give as many of both";
  assertThrows(() => pearson([1], [1, 2]), TypeError, words);
  assertThrows(() => spearman([1], [1, 2]), TypeError, words);
});
