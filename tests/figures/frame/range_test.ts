import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { featureRange, type Range2D, squareRange } from "../../../src/figures/frame/range.ts";

/** `count` points spread evenly over a square of half width `half` around `(x, y)`. */
function square(half: number, x = 0, y = 0, count = 400): Float32Array {
  const side = Math.sqrt(count);
  return Float32Array.from({ length: 2 * count }, (_, i) => {
    const step = i % 2 === 0 ? (i >> 1) % side : Math.floor((i >> 1) / side);
    return (i % 2 === 0 ? x : y) + half * (2 * step / (side - 1) - 1);
  });
}

const width = (range: Range2D) => range.xMax - range.xMin;

Deno.test("featureRange() takes in the second half of the epochs with a margin", () => {
  const range = featureRange([square(3.9), square(3.5), square(3)]);
  assert(range.xMin < -3.5 && range.xMax > 3.5 && range.yMin < -3.5 && range.yMax > 3.5);
  assert(width(range) < 7.8);
});

Deno.test("featureRange() is at most 1.3 times as wide as the last epoch needs", () => {
  const calm = [square(5), square(6), square(7)], needed = width(featureRange(calm));
  assertAlmostEquals(needed, 14 * 1.08, 1e-6);
  for (const wild of [1e5, 30]) {
    // Before the second half it counts for nothing, in it the last epoch still fills the map.
    assertEquals(featureRange([square(wild), ...calm]), featureRange(calm));
    assertAlmostEquals(width(featureRange([...calm, square(wild), square(7)])), 1.3 * needed, 1e-6);
  }
  // Far to one side, the range grows to that side.
  const aside = featureRange([square(7), square(30, 30), square(7)]);
  assert(aside.xMin < -7 && aside.xMax > 9 && width(aside) < 1.3 * needed + 1e-6);
  assertEquals(featureRange([square(1e5), square(7)]), featureRange([square(7)]));
});

Deno.test("featureRange() follows growth up to the last epoch", () => {
  assert(width(featureRange([square(1), square(1), square(2), square(100)])) > 200);
});

Deno.test("featureRange() ignores a few points far away", () => {
  const points = square(5);
  points[0] = 1e6;
  points[3] = -1e6;
  assert(width(featureRange([points])) < 15);
});

Deno.test("featureRange() is not zero where every epoch collapsed", () => {
  const range = featureRange([square(0, 3, -2), square(0, 3, -2)]);
  assertEquals(range, { xMin: 2, xMax: 4, yMin: -3, yMax: -1 });
  assert(width(featureRange([square(0, 1e7)])) > 1);
});

Deno.test("featureRange() is a square about the middle", () => {
  const range = featureRange([Float32Array.of(0, 0, 10, 1)]);
  assertAlmostEquals(width(range), range.yMax - range.yMin);
  assertAlmostEquals((range.yMin + range.yMax) / 2, 0.5);
});

Deno.test("featureRange() skips points that are not finite", () => {
  const points = Float32Array.of(NaN, 0, 0, Infinity, -1, -1, 1, 1);
  assertEquals(featureRange([points]), featureRange([Float32Array.of(-1, -1, 1, 1)]));
});

Deno.test("featureRange() of nothing is a square around zero", () => {
  const unit = { xMin: -1, xMax: 1, yMin: -1, yMax: 1 };
  assertEquals(featureRange([]), unit);
  assertEquals(featureRange([new Float32Array(), Float32Array.of(NaN, NaN)]), unit);
});

Deno.test("squareRange() leaves a square alone", () => {
  const unit = { xMin: -1, xMax: 1, yMin: 2, yMax: 4 };
  assertEquals(squareRange(unit), unit);
});

Deno.test("featureRange() takes in centers, unless the features would become too small to see", () => {
  const holds = (centers: number[]) => {
    const { xMin, xMax, yMin, yMax } = featureRange([square(1)], Float32Array.from(centers));
    return centers.every((v, i) => i % 2 === 0 ? v > xMin && v < xMax : v > yMin && v < yMax);
  };
  assertEquals([holds([3, 0, -2, 1]), holds([9, 0])], [true, false]);
  assertEquals(featureRange([square(1)], Float32Array.of(9, 0)), featureRange([square(1)]));
  assertEquals(
    featureRange([square(1)], Float32Array.of(0.5, 0, NaN, 2)),
    featureRange([square(1)]),
  );
});
