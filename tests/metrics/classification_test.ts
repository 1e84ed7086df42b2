import { assertEquals } from "@std/assert";
import { accuracy, confusions } from "../../src/metrics/classification.ts";

Deno.test("accuracy() is the share of hits over samples", () => {
  assertEquals(accuracy([1, 2, 3, 4], [1, 2, 0, 4]), 0.75);
  assertEquals(accuracy(new Float32Array([1]), new Uint8Array([1])), 1);
  assertEquals(accuracy([], []), NaN);
});

Deno.test("confusions() counts the pairs that occur, by label, then by prediction", () => {
  assertEquals(confusions([2, 0, 2, 1, 99_999], [1, 0, 1, 1, 10]), [
    { label: 0, predicted: 0, samples: 1 },
    { label: 1, predicted: 1, samples: 1 },
    { label: 1, predicted: 2, samples: 2 },
    { label: 10, predicted: 99_999, samples: 1 },
  ]);
});
