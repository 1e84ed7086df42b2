import { assert, assertEquals } from "@std/assert";
import { newFrame } from "../../../src/figures/paint/canvas.ts";
import { drawClassLabels, type Obstacle } from "../../../src/figures/frame/class_labels.ts";
import { ink } from "../../../src/figures/paint/text.ts";
import { like, spot } from "../pixels.ts";

const area = { left: 0, top: 0, width: 400, height: 400 };

/** Draws names at dots given as `[x, y, label]`, alone on white. */
function draw(dots: number[][], names: string[], obstacles: Obstacle[] = []) {
  const frame = newFrame(400, 400);
  const [x, y] = [0, 1].map((c) => Float32Array.from(dots, (dot) => dot[c]));
  drawClassLabels(frame, area, { x, y, label: dots.map((dot) => dot[2]) }, names, obstacles);
  return frame;
}

const dark = like(ink, 60);

Deno.test("drawClassLabels() writes at the median, which a stray dot does not move", () => {
  const frame = draw([[100, 200, 0], [102, 202, 0], [104, 204, 0], [390, 10, 0]], ["0"]);
  const { x, y, pixels } = spot(frame, dark);
  // The middle of 200, 202 and, with the stray dot, 10 and 204.
  assert(pixels > 15 && Math.abs(x - 103) < 2 && Math.abs(y - 201) < 2, `${x}, ${y}`);
});

Deno.test("drawClassLabels() moves a name aside where another stands", () => {
  const alone = spot(draw([[200, 200, 0]], ["8"]), dark).pixels;
  const frame = draw([[200, 200, 0], [200, 200, 1], [200, 200, 2]], ["8", "8", "8"]);
  // Where they fall between pixels decides about a few of them; a name under another loses half.
  assert(spot(frame, dark).pixels > 2.8 * alone);
});

Deno.test("drawClassLabels() keeps an obstacle free", () => {
  const frame = draw([[200, 200, 0]], ["8"], [{ x: 200, y: 200, radius: 12 }]);
  assertEquals(spot(frame, dark, [188, 188, 212, 212]).pixels, 0);
  assert(spot(frame, dark, [150, 150, 250, 250]).pixels > 15);
});

Deno.test("drawClassLabels() leaves out names without dots or a free place", () => {
  assertEquals(spot(draw([], ["0", "1"]), dark).pixels, 0);
  assertEquals(
    spot(draw([[200, 200, 0]], ["8"], [{ x: 200, y: 200, radius: 99 }]), dark).pixels,
    0,
  );
});

Deno.test("drawClassLabels() stays inside the area", () => {
  const frame = draw([[1, 1, 0], [399, 399, 1]], ["long name", "another"]);
  const { pixels } = spot(frame, dark);
  assert(pixels > 0);
  assertEquals(
    spot(frame, dark, [0, 0, 1, 400]).pixels + spot(frame, dark, [399, 0, 400, 400]).pixels,
    0,
  );
});

Deno.test("drawClassLabels() writes smaller where there are words or many classes", () => {
  const heights = [["8", "b"], ["8", "bag"], Array.from({ length: 31 }, () => "8")].map((names) => {
    const frame = draw([[200, 200, 0]], names);
    return Array.from({ length: 400 }, (_, y) => spot(frame, dark, [0, y, 400, y + 1]).pixels)
      .filter((count) => count > 0).length;
  });
  assert(heights[0] > heights[1] && heights[1] === heights[2], `${heights}`);
});
