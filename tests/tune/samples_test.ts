import { assertEquals, assertMatch } from "@std/assert";
import { wrongResult, wrongSample } from "../../src/tune/samples.ts";

Deno.test("wrongResult() finds one element that differs, whatever the others", () => {
  const right = Float32Array.from({ length: 1000 }, (_, i) => i - 500);
  assertEquals(wrongResult(right, right), undefined);
  assertEquals(wrongResult(right.with(500, 0.04), right), undefined);
  assertEquals(
    wrongResult(right.with(500, 0.06), right),
    `element 500 is ${Math.fround(0.06)}, should be 0`,
  );
  assertEquals(wrongResult(right.with(7, NaN), right), "element 7 is NaN, should be -493");
  assertEquals(wrongResult(right.subarray(1), right), "it has 999 elements, not 1000");
  assertEquals(wrongResult(new Float32Array(3), new Float32Array(3)), undefined);
});

Deno.test("wrongSample() compares the first and the last element", () => {
  const expected = (place: number) => ({ sum: place, magnitude: 1 });
  const right = Float32Array.from({ length: 1000 }, (_, i) => i);
  assertEquals(wrongSample(right, expected), undefined);
  for (const place of [0, 999]) {
    assertMatch(wrongSample(right.with(place, -1), expected)!, new RegExp(`^element ${place} is `));
  }
});
