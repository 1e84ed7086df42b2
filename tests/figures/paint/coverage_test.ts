import { assertAlmostEquals } from "@std/assert";
import { coverageOf } from "../../../src/figures/paint/coverage.ts";
import type { Point } from "../../../src/figures/paint/polygon.ts";

type At = (x: number, y: number) => Point;

function rectangle(at: At, left: number, top: number, right: number, bottom: number): Point[] {
  return [at(left, top), at(right, top), at(right, bottom), at(left, bottom)];
}

for (
  const [what, outlines, expected] of [
    [
      "how much of each pixel is covered",
      (at: At) => [rectangle(at, 0.5, 0.25, 2.5, 2)],
      [0.375, 0.75, 0.375, 0.5, 1, 0.5, 0, 0, 0],
    ],
    [
      "a hole as a hole",
      (at: At) => [rectangle(at, 0, 0, 3, 3), rectangle(at, 1, 1, 2, 2)],
      [1, 1, 1, 1, 0, 1, 1, 1, 1],
    ],
  ] as const
) {
  Deno.test(`coverageOf() measures ${what}`, () => {
    const { share } = coverageOf(3, 3, [4, 16], outlines);
    expected.forEach((part, i) => assertAlmostEquals(share[i], part, 0.01, `pixel ${i}`));
  });
}
