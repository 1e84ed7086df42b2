import { assertEquals, assertThrows } from "@std/assert";
import { convexHull, onHull } from "../../../../experiments/studies/measures/convex_hull.ts";
import { uniform } from "../../../../src/reference/uniform.ts";

const NOT = undefined;
const cases: [what: string, points: number[], corners: number[], on: (boolean | undefined)[]][] = [
  [
    "goes round counter-clockwise and leaves out what is inside",
    [2, 2, 0, 2, 1, 1, 0, 0, 2, 0, 0.5, 1.5],
    [3, 4, 0, 1],
    [true, true, false, true, true, false],
  ],
  [
    "has no corner within an edge",
    [0, 0, 1, 0, 2, 0, 2, 1, 2, 2, 1, 1],
    [0, 2, 4],
    [true, false, true, false, true, false],
  ],
  ["of points on one line are its ends", [1, 1, 3, 3, 0, 0], [2, 1], [false, true, true]],
  ["of points above each other are its ends", [0, 5, 0, -1, 0, 2], [1, 0], [true, true, false]],
  ["of no points is empty", [], [], []],
  ["of one point is the point", [3, 4], [0], [true]],
  ["of two points are the points", [3, 4, 1, 9], [1, 0], [true, true]],
  ["of points that all coincide is the first", [7, 7, 7, 7], [0], [true, true]],
  [
    "takes the first of points that coincide; onHull() all of them",
    [0, 0, 4, 0, 4, 0, 0, 4, 0, 0, 1, 1],
    [0, 1, 3],
    [true, true, true, true, true, false],
  ],
  [
    "leaves out points that are not finite",
    [0, 0, NaN, 9, 2, 0, 9, Infinity, 0, 2, 0.5, 0.5],
    [0, 2, 4],
    [true, NOT, true, NOT, true, false],
  ],
];
for (const [what, points, corners, on] of cases) {
  Deno.test(`convexHull() ${what}`, () => {
    assertEquals([convexHull(points), onHull(points)], [corners, on]);
  });
}

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

Deno.test("convexHull() refuses half a point", () => {
  assertThrows(() => convexHull([1, 2, 3]), TypeError, "Cannot read 3 numbers as points in the");
});
