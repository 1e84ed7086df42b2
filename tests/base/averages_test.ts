import { assertEquals } from "@std/assert";
import { meanOf, median } from "../../src/base/averages.ts";

Deno.test("median() takes the middle one or the mean of two, leaves the values, and is NaN of none", () => {
  const values = [10, 9, 2];
  assertEquals([values, [4, 1, 2, 9], [5], []].map(median), [9, 3, 5, NaN]);
  assertEquals(values, [10, 9, 2]);
});

Deno.test("meanOf() is the sum over the count, and NaN of none", () => {
  assertEquals([[3, 1, 5], [2], []].map(meanOf), [3, 2, NaN]);
});
