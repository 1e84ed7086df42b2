import { assertAlmostEquals, assertEquals } from "@std/assert";
import { newFrame } from "../../../src/figures/paint/canvas.ts";
import { hairline } from "../../../src/figures/paint/hairline.ts";
import type { Point } from "../../../src/figures/paint/stroke.ts";

/** How much ink each pixel of a frame of 12 x 10 got from a black line. */
function inkOf(from: Point, to: Point): number[][] {
  const frame = newFrame(12, 10);
  hairline(frame, from, to, [0, 0, 0]);
  return Array.from(
    { length: 10 },
    (_, y) => Array.from({ length: 12 }, (_, x) => 1 - frame.rgba[(y * 12 + x) * 4] / 255),
  );
}

Deno.test("hairline() is one pixel thick all along, whatever its slope", () => {
  const ends: [Point, Point][] = [[[1, 2.3], [11, 7.1]], [[11, 7.1], [1, 2.3]], [[0, 5], [12, 5]]];
  for (const [from, to] of ends) {
    const ink = inkOf(from, to);
    for (let x = 1; x < 11; x++) {
      assertAlmostEquals(ink.reduce((sum, row) => sum + row[x], 0), 1, 0.01, `column ${x}`);
    }
  }
  for (const [from, to] of [[[2.3, 0], [7.1, 10]], [[3, 10], [3, 0]]] as [Point, Point][]) {
    for (const [y, row] of inkOf(from, to).entries()) {
      assertAlmostEquals(row.reduce((a, b) => a + b), 1, 0.01, `row ${y}`);
    }
  }
});

Deno.test("hairline() goes through its points, either way, and is cut off at the frame", () => {
  const ink = inkOf([2, 3.5], [6, 3.5]);
  assertEquals(ink[3], [0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
  const diagonal = inkOf([0, 0], [10, 10]);
  for (let i = 0; i < 10; i++) assertEquals(diagonal[i][i], 1);
  assertEquals(inkOf([8, 1], [1, 9]), inkOf([1, 9], [8, 1]));
  assertEquals(inkOf([-50, 4.5], [50, 4.5])[4], new Array(12).fill(1));
});
