import { assertEquals } from "@std/assert";
import { median } from "../../src/base/median.ts";

Deno.test("median() takes the middle one or the mean of two, leaves the values, and is NaN of none", () => {
  const values = [10, 9, 2];
  assertEquals([values, [4, 1, 2, 9], [5], []].map(median), [9, 3, 5, NaN]);
  assertEquals(values, [10, 9, 2]);
});
