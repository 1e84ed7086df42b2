import { assertEquals, assertThrows } from "@std/assert";
import { medians } from "../../../../experiments/studies/measures/medians.ts";

Deno.test("medians() take each component on its own, the mean of two middles, NaN for an absent class", () => {
  const points = Float32Array.of(9, -3, 1, 1, 5, 20, 2, 0, 4, 8, 7, 7);
  // Class 0: x 9 1 5, y -3 1 20. Class 1: x 2 4, y 0 8. Class 3: one point.
  assertEquals([...medians(points, Uint8Array.of(0, 0, 0, 1, 1, 3), 4)], [
    ...[5, 1],
    ...[3, 4],
    ...[NaN, NaN],
    ...[7, 7],
  ]);
});

Deno.test("medians() sort by number, in any dimension", () => {
  assertEquals([...medians([10, 9, -1, 100, 2], [0, 0, 0, 0, 0], 1)], [9]);
  assertEquals([...medians([1, 2, 3, 3, 2, 1], [1, 0], 2)], [3, 2, 1, 1, 2, 3]);
});

Deno.test("medians() leave out points that are not finite", () => {
  const points = [1, 1, NaN, 0, 0, Infinity, 3, 5, NaN, NaN];
  assertEquals([...medians(points, [0, 0, 0, 0, 1], 2)], [2, 3, NaN, NaN]);
});

Deno.test("medians() refuse rows that are no whole number, and labels that are no class", () => {
  const words = "Cannot take medians of 3 numbers with 2 labels: give a row of numbers a label";
  assertThrows(() => medians([1, 2, 3], [0, 0], 1), TypeError, words);
  assertThrows(() => medians([], [], 1), TypeError, "of 0 numbers with 0 labels");
  for (const label of [2, -1, 0.5, NaN]) {
    assertThrows(
      () => medians([1, 2], [0, label], 2),
      RangeError,
      `Cannot take medians with the label ${label} of sample 1: the classes are 0 to 1`,
    );
  }
});
