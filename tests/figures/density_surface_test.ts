import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Frame } from "../../src/figures/canvas.ts";
import { densitySurface, type DensitySurfaceOptions } from "../../src/figures/density_surface.ts";
import { classColor } from "../../src/figures/palette.ts";
import { blobs } from "./blobs.ts";

const classNames = Array.from({ length: 10 }, (_, k) => `${k}`);
const range = { xMin: -8, xMax: 8, yMin: -8, yMax: 8 };

function draw(options: Partial<DensitySurfaceOptions> = {}): Frame {
  return densitySurface({
    points: Float32Array.of(2, 3),
    labels: Uint8Array.of(3),
    heights: [0.5],
    angle: -50,
    classNames,
    title: "test",
    range,
    ...options,
  });
}

/** Mean place and number of the pixels close to the colour of class 3, left of the legend. */
function spotOf(frame: Frame, label = 3) {
  let [x, y, pixels] = [0, 0, 0];
  for (let i = 0; i < frame.width * frame.height; i++) {
    if (i % frame.width > frame.width - 136) continue;
    const seen = frame.rgba.subarray(4 * i, 4 * i + 3);
    if (!classColor(label).every((value, c) => Math.abs(value - seen[c]) < 60)) continue;
    [x, y, pixels] = [x + i % frame.width, y + Math.floor(i / frame.width), pixels + 1];
  }
  return { x: x / pixels, y: y / pixels, pixels };
}

Deno.test("densitySurface() draws a higher probability further up, in proportion", () => {
  const [low, middle, high] = [0, 0.5, 1].map((share) => spotOf(draw({ heights: [share] })));
  assert(low.pixels > 10);
  assert(low.y > middle.y + 50 && middle.y > high.y + 50);
  assert(Math.abs(low.y - middle.y - (middle.y - high.y)) < 30);
});

Deno.test("densitySurface() turns with the angle, around a middle that stays", () => {
  const at = (x: number, y: number, angle: number) =>
    spotOf(draw({ points: Float32Array.of(x, y), heights: [0.5], angle }));
  const [still, turned] = [0, 77].map((angle) => at(0, 0, angle));
  assert(Math.hypot(still.x - turned.x, still.y - turned.y) < 3);
  // Seen from the end of the first axis, the second points to the right.
  const [left, right] = [-6, 6].map((y) => at(0, y, 0));
  assert(right.x > left.x + 200 && Math.abs(right.y - left.y) < 3);
  const half = at(0, 6, 180);
  assert(Math.abs(half.x - left.x) < 3);
  assertEquals(draw({ angle: 30 }).rgba, draw({ angle: 30 }).rgba);
});

Deno.test("densitySurface() covers what is behind with what is in front", () => {
  // At the height of the eye and along its line: all lie on one spot of the picture.
  const points = Float32Array.from(
    { length: 2 * 400 },
    (_, i) => i % 2 ? 0 : 6 - 12 * (i >> 1) / 400,
  );
  const labels = Uint8Array.from({ length: 400 }, (_, i) => i < 200 ? 3 : 0);
  const crowd = { heights: new Float32Array(400).fill(0.5), angle: 0, elevation: 0 };
  const front = draw({ ...crowd, points, labels });
  assert(spotOf(front, 3).pixels > 10);
  assertEquals(spotOf(front, 0).pixels, 0);
  const order = draw({
    ...crowd,
    points: points.toReversed().map((_, i, all) => all[i ^ 1]),
    labels: labels.toReversed(),
  });
  assertEquals(order.rgba, front.rgba);
});

Deno.test("densitySurface() leaves out what is outside or not finite", () => {
  for (const points of [[99, 0], [NaN, 0]]) {
    assertEquals(spotOf(draw({ points: Float32Array.from(points) })).pixels, 0);
  }
  assertEquals(spotOf(draw({ heights: [NaN] })).pixels, 0);
  assertEquals(
    draw({ points: new Float32Array(), labels: new Uint8Array(), heights: [] }).width,
    880,
  );
});

Deno.test("densitySurface() takes rounding beyond 1, many classes, and centers", () => {
  assert(spotOf(draw({ heights: [1.0000002] })).pixels > 10);
  const many = blobs(300, 100);
  const names = Array.from({ length: 100 }, (_, k) => `ankle boot ${k}`);
  const heights = new Float32Array(300).fill(0.9);
  const frame = draw({ ...many, heights, classNames: names, size: { width: 640, height: 520 } });
  assertEquals([frame.width, frame.height], [640, 520]);
});

Deno.test("densitySurface() refuses what does not fit together", () => {
  const refuse = (
    options: Partial<DensitySurfaceOptions>,
    type: typeof TypeError,
    message: string,
  ) => assertThrows(() => draw(options), type, message);
  refuse({ heights: [] }, TypeError, "Cannot draw 0 heights with 1 labels");
  refuse({ heights: [1.2] }, RangeError, "Cannot draw the probability 1.2 as a height");
  refuse({ points: new Float32Array(3) }, TypeError, "each label needs two");
  refuse({ labels: Uint8Array.of(10) }, RangeError, "Cannot draw label 10");
  refuse({ angle: NaN }, RangeError, "Cannot look from angle NaN");
  refuse({ size: { width: 300, height: 300 } }, RangeError, "at least 348 x 296");
});
