import { assertEquals } from "@std/assert";
import { marksOf } from "../../../experiments/draw/marks.ts";

/** Five samples on a line, two of them taken for another class; nobody is of class 3. */
const seen = {
  features: Float32Array.of(0, 10, 1, 11, 2, 12, 3, 13, 4, 14),
  labels: Uint8Array.of(0, 0, 1, 1, 2),
  predicted: Uint8Array.of(0, 0, 1, 0, 1),
  logOdds: Float32Array.of(2, 30, 1, 31, 5),
  ownLogOdds: Float64Array.of(2, 30, 1, -31, -5),
};

Deno.test("marksOf() takes of each class its surest own sample, whatever it is taken for", () => {
  assertEquals(marksOf("most-certain", seen, 4), {
    points: Float32Array.of(1, 11, 2, 12, 4, 14),
    labels: Int32Array.of(0, 1, 2),
    name: "most certain",
  });
});

Deno.test("marksOf() takes the least sure one, and of equals the first", () => {
  assertEquals(marksOf("least-certain", seen, 4), {
    points: Float32Array.of(0, 10, 3, 13, 4, 14),
    labels: Int32Array.of(0, 1, 2),
    name: "least certain",
  });
  const even = { ...seen, ownLogOdds: new Float64Array(5) };
  for (const which of ["most-certain", "least-certain"] as const) {
    assertEquals(marksOf(which, even, 4).points, Float32Array.of(0, 10, 2, 12, 4, 14));
  }
});
