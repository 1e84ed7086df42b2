import { assertEquals } from "@std/assert";
import { accuracy, confusion } from "../../src/metrics/classification.ts";

Deno.test("accuracy() is the share of hits over samples", () => {
  assertEquals(accuracy([1, 2, 3, 4], [1, 2, 0, 4]), 0.75);
  assertEquals(accuracy(new Float32Array([1]), new Uint8Array([1])), 1);
  assertEquals(accuracy([], []), NaN);
});

Deno.test("confusion() counts labels in rows and predictions in columns", () => {
  assertEquals(confusion([0, 2, 2, 1], [0, 1, 1, 1], 3), [[1, 0, 0], [0, 1, 2], [0, 0, 0]]);
});
