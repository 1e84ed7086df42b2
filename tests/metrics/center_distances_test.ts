import { assertEquals } from "@std/assert";
import { centerDistances } from "../../src/metrics/center_distances.ts";

Deno.test("centerDistances() takes each pair once, in any dimension", () => {
  assertEquals(centerDistances([0, 3, -1], 1), [
    { a: 0, b: 1, distance: 3 },
    { a: 0, b: 2, distance: 1 },
    { a: 1, b: 2, distance: 4 },
  ]);
  assertEquals(centerDistances([1, 2, 2, 1, 2, 2, 1, 2, 0], 3).map((p) => p.distance), [0, 2, 2]);
  assertEquals(centerDistances([5, 5], 2), []);
  assertEquals(centerDistances([0, NaN, 1], 1).map((p) => p.distance), [NaN, 1, NaN]);
});
