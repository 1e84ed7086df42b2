import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  type Box,
  boxAround,
  perspectiveOn,
  type Point3,
} from "../../../src/figures/frame/perspective.ts";
import { nearness, placeIn } from "../../../src/figures/frame/placed.ts";

const area = { left: 50, top: 80, width: 600, height: 500 };
const box: Box = { low: [-3, -3, 0], high: [3, 3, 3] };
const corners = Array.from({ length: 8 }, (_, i): Point3 => [
  i & 1 ? 3 : -3,
  i & 2 ? 3 : -3,
  i & 4 ? 3 : 0,
]);
const views = Array.from({ length: 24 }, (_, i) => ({ azimuth: 15 * i, elevation: 24 }));

Deno.test("perspectiveOn() fills the area with one view, in one direction at least", () => {
  for (const view of views) {
    const seen = corners.map(perspectiveOn(area, box, view).project);
    const [across, down] = (["x", "y"] as const).map((axis) => {
      const values = seen.map((corner) => corner[axis]);
      return Math.max(...values) - Math.min(...values);
    });
    assertAlmostEquals(Math.max(across / 600, down / 500), 1, 1e-9);
  }
});

Deno.test("perspectiveOn() shows the middle of the box at one place and scale in all of many views", () => {
  const middles = views.map((view) => {
    const perspective = perspectiveOn(area, box, view, views);
    for (const { x, y } of corners.map(perspective.project)) {
      assert(x > 50 - 1e-6 && x < 650 + 1e-6 && y > 80 - 1e-6 && y < 580 + 1e-6, `${x}, ${y}`);
    }
    const above = perspective.project([0, 0, 3]);
    const { x, y, scale } = perspective.project([0, 0, 1.5]);
    return [x, y, scale, above.x, above.y];
  });
  for (const seen of middles) seen.forEach((v, i) => assertAlmostEquals(v, middles[0][i], 1e-9));
});

Deno.test("perspectiveOn() shows what is nearer larger and, from above, lower", () => {
  const { project } = perspectiveOn(area, box, { azimuth: 0, elevation: 24 });
  const [near, far] = [project([3, 0, 0]), project([-3, 0, 0])];
  assert(near.scale > 1 && far.scale < 1 && near.y > far.y);
  assert(
    project([0, 3, 0]).x > project([0, -3, 0]).x && project([0, 0, 3]).y < project([0, 0, 0]).y,
  );
});

for (
  const [what, points, low, high] of [
    ["nothing", [], [-1, -1, -1], [1, 1, 1]],
    ["a point", [1, 2, 3], [-2, -1, 0], [4, 5, 6]],
    ["a point, not infinite ones", [1, 2, 3, NaN, Infinity, -Infinity], [-2, -1, 0], [4, 5, 6]],
    ["a plane, a fifth as high as wide", [0, 0, 5, 10, 10, 5], [-0.5, -0.5, 4], [10.5, 10.5, 6]],
  ] as [string, number[], number[], number[]][]
) {
  Deno.test(`boxAround() takes ${what}`, () => {
    assertEquals(boxAround(Float32Array.from(points)), { low, high } as unknown as Box);
  });
}

Deno.test("placeIn() sorts from the farthest to the nearest and counts what is not in the box", () => {
  const perspective = perspectiveOn(area, box, { azimuth: 0, elevation: 0 });
  const points: Point3[] = [[2, 0, 1], [-2, 0, 1], [0, 0, 4], [NaN, 0, 0], [0, 0, 1], [-2, 0, 1]];
  const { placed, outside, notFinite } = placeIn(perspective, points.length, (i) => points[i]);
  assertEquals(placed.map(({ index }) => index), [1, 5, 4, 0]);
  assertEquals([outside, notFinite], [1, 1]);
  const near = nearness(placed);
  assertEquals([near[0], near[1], near[3]], [0, 0, 1]);
  assert(near[2] > 0.3 && near[2] < 0.5);
  assertEquals(nearness(placed.slice(3)), [1]);
});
