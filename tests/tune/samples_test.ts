import { assertEquals } from "@std/assert";
import { wrongResult, wrongSample } from "../../src/tune/samples.ts";

const right = Float32Array.from({ length: 1000 }, (_, i) => i - 500);

Deno.test("wrongResult() finds one element that differs, whatever the others", () => {
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

Deno.test("wrongSample() compares the elements of the sample, by their places", () => {
  const problem = { sample: [0, 7, 999], expected: () => Float64Array.of(-500, -493, 499) };
  assertEquals(wrongSample(right, problem), undefined);
  assertEquals(wrongSample(right.with(8, 0), problem), undefined);
  for (const value of [-493.01, NaN]) {
    const found = Math.fround(value);
    assertEquals(
      wrongSample(right.with(7, value), problem),
      `element 7 is ${found}, should be -493`,
    );
  }
});
