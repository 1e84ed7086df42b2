import { assert, assertAlmostEquals } from "@std/assert";
import { type Box, type Point3, spaceIn } from "../../../src/figures/frame/space.ts";

const area = { left: 50, top: 80, width: 600, height: 500 };
const box: Box = { low: [-3, -3, 0], high: [3, 3, 3] };
const corners = Array.from({ length: 8 }, (_, i): Point3 => [
  i & 1 ? 3 : -3,
  i & 2 ? 3 : -3,
  i & 4 ? 3 : 0,
]);
const views = Array.from({ length: 24 }, (_, i) => ({ azimuth: 15 * i, elevation: 24 }));

Deno.test("spaceIn() fills the area with one view, in one direction at least", () => {
  for (const view of views) {
    const seen = corners.map(spaceIn(area, box, view).see);
    const [across, down] = (["x", "y"] as const).map((axis) => {
      const values = seen.map((corner) => corner[axis]);
      return Math.max(...values) - Math.min(...values);
    });
    assertAlmostEquals(Math.max(across / 600, down / 500), 1, 1e-9);
  }
});

Deno.test("spaceIn() shows the middle of the box at one place and scale in all of many views", () => {
  const middles = views.map((view) => {
    const space = spaceIn(area, box, view, views);
    for (const { x, y } of corners.map(space.see)) {
      assert(x > 50 - 1e-6 && x < 650 + 1e-6 && y > 80 - 1e-6 && y < 580 + 1e-6, `${x}, ${y}`);
    }
    const above = space.see([0, 0, 3]);
    const { x, y, scale } = space.see([0, 0, 1.5]);
    return [x, y, scale, above.x, above.y];
  });
  for (const seen of middles) seen.forEach((v, i) => assertAlmostEquals(v, middles[0][i], 1e-9));
});
