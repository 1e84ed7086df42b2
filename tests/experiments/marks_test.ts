import { assertEquals } from "@std/assert";
import { marksOf } from "../../experiments/marks.ts";

/** Five samples on a line; class 2 is nobody's prediction. */
const seen = {
  features: Float32Array.of(0, 10, 1, 11, 2, 12, 3, 13, 4, 14),
  labels: Uint8Array.of(0, 0, 1, 1, 2),
  predicted: Uint8Array.of(0, 0, 1, 0, 1),
  logOdds: Float32Array.of(2, 30, -1, 31, 5),
};

Deno.test("marksOf() takes of each predicted class the surest sample, whatever its label", () => {
  assertEquals(marksOf("most-certain", seen, 3), {
    points: Float32Array.of(3, 13, 4, 14),
    labels: Uint8Array.of(0, 1),
    name: "most certain",
  });
});

Deno.test("marksOf() takes the least sure one, and of equals the first", () => {
  assertEquals(marksOf("least-certain", seen, 3), {
    points: Float32Array.of(0, 10, 2, 12),
    labels: Uint8Array.of(0, 1),
    name: "least certain",
  });
  const even = { ...seen, logOdds: new Float32Array(5) };
  for (const which of ["most-certain", "least-certain"] as const) {
    assertEquals(marksOf(which, even, 3).points, Float32Array.of(0, 10, 2, 12));
  }
});
