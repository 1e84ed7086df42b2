import { assertAlmostEquals } from "@std/assert";
import { coverageOf } from "../../../src/figures/paint/coverage.ts";
import type { Context } from "../../../src/figures/paint/pureimage.ts";

for (
  const [what, trace, expected] of [
    [
      "how much of each pixel is covered",
      (context: Context) => context.rect(0.5, 0.25, 2, 1.75),
      [0.375, 0.75, 0.375, 0.5, 1, 0.5, 0, 0, 0],
    ],
    [
      "a hole as a hole",
      (context: Context) => {
        context.rect(0, 0, 3, 3);
        context.rect(1, 1, 1, 1);
      },
      [1, 1, 1, 1, 0, 1, 1, 1, 1],
    ],
  ] as const
) {
  Deno.test(`coverageOf() measures ${what}`, () => {
    const { share } = coverageOf(3, 3, [4, 16], trace);
    expected.forEach((part, i) => assertAlmostEquals(share[i], part, 0.01, `pixel ${i}`));
  });
}
