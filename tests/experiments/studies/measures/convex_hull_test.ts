import { assertEquals, assertThrows } from "@std/assert";
import { convexHull, onHull } from "../../../../experiments/studies/measures/convex_hull.ts";
import { uniform } from "../../../../src/reference/uniform.ts";

Deno.test("convexHull() goes round counter-clockwise and leaves out what is inside", () => {
  assertEquals(convexHull([2, 2, 0, 2, 1, 1, 0, 0, 2, 0, 0.5, 1.5]), [3, 4, 0, 1]);
});

Deno.test("convexHull() has no corner within an edge", () => {
  assertEquals(convexHull([0, 0, 1, 0, 2, 0, 2, 1, 2, 2, 1, 1]), [0, 2, 4]);
  assertEquals(onHull([0, 0, 1, 0, 2, 0, 2, 1, 2, 2, 1, 1]), [
    true,
    false,
    true,
    false,
    true,
    false,
  ]);
});

Deno.test("convexHull() of points on one line are its ends", () => {
  assertEquals(convexHull([1, 1, 3, 3, 0, 0, 2, 2]), [2, 1]);
  assertEquals(convexHull([0, 5, 0, -1, 0, 2]), [1, 0]);
});

Deno.test("convexHull() of none, one and two points are the points", () => {
  assertEquals(convexHull([]), []);
  assertEquals(convexHull([3, 4]), [0]);
  assertEquals(convexHull([3, 4, 1, 9]), [1, 0]);
  assertEquals(onHull([3, 4, 1, 9]), [true, true]);
});

Deno.test("convexHull() takes the first of points that coincide; onHull() all of them", () => {
  assertEquals(convexHull([7, 7, 7, 7, 7, 7]), [0]);
  const points = [0, 0, 4, 0, 4, 0, 0, 4, 0, 0, 1, 1];
  assertEquals(convexHull(points), [0, 1, 3]);
  assertEquals(onHull(points), [true, true, true, true, true, false]);
});

Deno.test("convexHull() leaves out points that are not finite; onHull() does not judge them", () => {
  const points = [0, 0, NaN, 9, 2, 0, 9, Infinity, 0, 2, 0.5, 0.5];
  assertEquals(convexHull(points), [0, 2, 4]);
  assertEquals(onHull(points), [true, undefined, true, undefined, true, false]);
});

Deno.test("convexHull() has exactly the points that some direction sees first", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const points = uniform([12, 2], { seed }).data;
    const expected = new Set<number>();
    for (let step = 0; step < 7200; step++) {
      const [c, s] = [Math.cos(Math.PI * step / 3600), Math.sin(Math.PI * step / 3600)];
      const along = Array.from({ length: 12 }, (_, i) => c * points[2 * i] + s * points[2 * i + 1]);
      expected.add(along.indexOf(Math.max(...along)));
    }
    assertEquals(convexHull(points).sort((a, b) => a - b), [...expected].sort((a, b) => a - b));
  }
});

Deno.test("convexHull() and onHull() refuse half a point", () => {
  for (const f of [convexHull, onHull]) {
    assertThrows(() => f([1, 2, 3]), TypeError, "Cannot read 3 numbers as points in the plane");
  }
});
