import { assertEquals } from "@std/assert";
import {
  distancesTo,
  placeOfLeast,
  placeOfMost,
  squaredDistancesTo,
} from "../../src/metrics/one_sample.ts";

Deno.test("distancesTo() is Euclidean, and squaredDistancesTo() its square", () => {
  assertEquals(distancesTo([3, 4], [0, 0, 3, 4]), [5, 0]);
  assertEquals(squaredDistancesTo([3, 4], [0, 0, 3, 4]), [25, 0]);
});

Deno.test("placeOfLeast() and placeOfMost() take the first of equals, of as many classes as there are", () => {
  assertEquals([placeOfLeast([2, 1, 1]), placeOfMost([2, 3, 3])], [1, 1]);
  const many = Float64Array.from({ length: 300_000 }, (_, k) => Math.abs(k - 200_000));
  assertEquals([placeOfLeast(many), placeOfMost(many)], [200_000, 0]);
});

Deno.test("placeOfLeast() skips NaN", () => {
  assertEquals([[NaN, 2, 1], [3, NaN, 4], [NaN, NaN]].map(placeOfLeast), [2, 0, 0]);
});
