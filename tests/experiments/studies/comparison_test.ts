import { assertAlmostEquals } from "@std/assert";
import { spreads } from "../../../experiments/studies/comparison.ts";

/** Two samples about (0, 0) and two about (3, 4), each 1 away from its mean. */
const features = Float32Array.of(-1, 0, 1, 0, 3, 3, 3, 5);
for (
  const [what, labels, centers] of [
    ["classes", [0, 0, 1, 1], [0, 2, 3, 8]],
    ["a class without samples, which counts nowhere", [0, 0, 2, 2], [0, 2, 9, 9, 3, 8]],
  ] as const
) {
  Deno.test(`spreads() of ${what}: how tight, how far apart, how far off the centers are`, () => {
    const { within, apart, offset } = spreads(features, labels, Float32Array.from(centers));
    [within, apart, offset].forEach((value, i) => assertAlmostEquals(value, [1, 5, 3][i]));
  });
}
