import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import type { Frame } from "../../src/figures/paint/canvas.ts";
import { densitySurface, type DensitySurfaceOptions } from "../../src/figures/density_surface.ts";
import { classColor } from "../../src/figures/paint/palette.ts";
import { assertOpaque, colorAt, like, spot } from "./pixels.ts";

const classNames = Array.from({ length: 10 }, (_, k) => `${k}`);
const range = { xMin: -10, xMax: 10, yMin: -10, yMax: 10 };

function draw(
  points: number[],
  heights: number[],
  more: Partial<DensitySurfaceOptions> = {},
): Frame {
  return densitySurface({
    points: Float32Array.from(points),
    labels: new Uint8Array(heights.length),
    heights,
    angle: 0,
    classNames,
    title: "test",
    range,
    ...more,
  });
}

/** The plot without the legend: 880 - 136 columns, between title and note. */
const inside = [0, 84, 744, 670];

/** Pixels in nearly the full colour of a class: the samples, but not their pale spots. */
function samplesOf(frame: Frame, label = 0) {
  return spot(frame, like(classColor(label), 50), inside);
}

Deno.test("densitySurface() draws 880 x 700 pixels, or the size asked for", () => {
  const sizeOf = ({ width, height }: Frame) => [width, height];
  assertEquals(sizeOf(draw([], [])), [880, 700]);
  assertEquals(sizeOf(draw([], [], { size: { width: 348, height: 296 } })), [348, 296]);
});

Deno.test("densitySurface() raises a sample in proportion to its probability", () => {
  const seen = [0, 0.25, 0.5, 0.75, 1].map((height) => samplesOf(draw([0, 0], [height])));
  const steps = seen.slice(1).map(({ y }, i) => seen[i].y - y);
  for (const { x } of seen) assertAlmostEquals(x, seen[0].x, 1.5);
  // Nearly even: what is higher is a little nearer to the eye.
  assert(Math.min(...steps) > 30 && Math.max(...steps) < 1.2 * Math.min(...steps), `${steps}`);
});

Deno.test("densitySurface() leaves a pale spot on the floor below a sample", () => {
  const floor = samplesOf(draw([4, -3], [0]));
  const raised = draw([4, -3], [1]);
  const [red, green, blue] = colorAt(raised, floor.x, floor.y);
  assert(red > 180 && green > 200 && blue > red + 5, `${[red, green, blue]}`);
  assertEquals(samplesOf(raised).y < floor.y - 100, true);
});

Deno.test("densitySurface() draws what is nearer larger, lower and over what is behind", () => {
  // The eye of angle 0 looks along the first feature, from its upper end.
  const [near, far] = [[9, 0], [-9, 0]].map((point) => samplesOf(draw(point, [0])));
  assert(near.y > far.y + 100);
  const [large, small] = [draw([9, 0], [0]), draw([9, 0], [0], { angle: 180 })]
    .map((frame) => spot(frame, like(classColor(0), 60), inside).pixels);
  assert(large > 1.3 * small, `${large} and ${small} pixels`);
  // Two samples on one line of sight: the nearer hides the other, whatever their order.
  const labels = Uint8Array.of(0, 3);
  const first = draw([0, 0, 0.01, 0], [0.5, 0.5], { labels });
  const second = draw([0.01, 0, 0, 0], [0.5, 0.5], { labels: labels.toReversed() });
  assertEquals(first.rgba, second.rgba);
  assert(samplesOf(first, 3).pixels > 10 && samplesOf(first, 0).pixels === 0);
});

Deno.test("densitySurface() turns about the vertical axis without changing its size", () => {
  const still = samplesOf(draw([7, 2], [0.6]));
  const turned = samplesOf(draw([-2, 7], [0.6], { angle: 90 }));
  const half = samplesOf(draw([-7, -2], [0.6], { angle: -180 }));
  for (const { x, y } of [turned, half]) {
    assertAlmostEquals(x, still.x, 0.2);
    assertAlmostEquals(y, still.y, 0.2);
  }
  assertNotEquals(draw([7, 2], [0.6], { angle: 30 }).rgba, draw([7, 2], [0.6]).rgba);
});

Deno.test("densitySurface() looks from above at a greater elevation", () => {
  const [flat, steep] = [5, 80].map((elevation) => {
    const [front, back] = [9, -9].map((x) => samplesOf(draw([x, 0], [0], { elevation })).y);
    return front - back;
  });
  assert(steep > 2 * flat, `${flat} and ${steep} pixels deep`);
});

Deno.test("densitySurface() lays centers on the floor", () => {
  const centers = new Float32Array(20).fill(NaN);
  centers.set([5, 5]);
  const { x, y } = samplesOf(draw([5, 5], [0]));
  const frame = draw([], [], { centers });
  assertEquals(colorAt(frame, x, y), [255, 255, 255]);
  const dark = ([red, green, blue]: number[]) => Math.max(red, green, blue) < 60;
  const rim = spot(frame, dark, [x - 9, y - 9, x + 9, y + 9]);
  assert(rim.pixels > 20);
  assertAlmostEquals(rim.x, x, 1);
});

Deno.test("densitySurface() notes what it leaves out, and draws it nowhere", () => {
  const note = (frame: Frame) => frame.rgba.subarray(672 * frame.width * 4);
  const shown = draw([1, 1, 2, 2], [0.5, 0.5]);
  assertEquals(new Set(note(shown)), new Set([255]));
  for (const [points, heights] of [[[99, 0], [1]], [[NaN, 0], [1]], [[0, 0], [NaN]]]) {
    const frame = draw(points, heights);
    assertNotEquals(note(frame), note(shown));
    assertEquals(samplesOf(frame).pixels, 0);
  }
});

Deno.test("densitySurface() forgives a probability that leaves 0..1 by rounding", () => {
  assertEquals(draw([1, 1], [1 + 1e-4]).rgba, draw([1, 1], [1]).rgba);
  assertEquals(draw([1, 1], [-1e-4]).rgba, draw([1, 1], [0]).rgba);
});

Deno.test("densitySurface() takes more than ten classes", () => {
  const names = Array.from({ length: 120 }, (_, k) => `class ${k}`);
  const frame = draw([3, 3], [0.7], { classNames: names, labels: Uint8Array.of(118) });
  assert(samplesOf(frame, 118).pixels > 10);
});

Deno.test("densitySurface() gives equal bytes for equal input, all opaque", () => {
  const points = Array.from({ length: 1000 }, (_, i) => 9 * Math.sin(i * i));
  const heights = Array.from({ length: 500 }, (_, i) => Math.abs(Math.cos(i * i)));
  const labels = Uint8Array.from({ length: 500 }, (_, i) => i % 10);
  const [first, second] = [0, 1].map(() => draw(points, heights, { labels, angle: 33 }));
  assertEquals(first.rgba, second.rgba);
  assertOpaque(first);
});

Deno.test("densitySurface() refuses what does not fit together", () => {
  const refuse = (
    more: Partial<DensitySurfaceOptions>,
    type: typeof TypeError,
    message: string,
  ) => assertThrows(() => draw([1, 1], [0.5], more), type, message);
  refuse({ heights: [] }, TypeError, "Cannot draw 0 heights with 1 labels: each label needs one");
  refuse({ heights: [1.01] }, RangeError, "Cannot draw the probability 1.01 as a height");
  refuse({ heights: [-Infinity] }, RangeError, "it must lie from 0 to 1");
  refuse({ angle: NaN }, RangeError, "Cannot look from angle NaN, elevation 24");
  refuse({ elevation: Infinity }, RangeError, "both must be finite");
  refuse({ labels: Uint8Array.of(10) }, RangeError, "Cannot draw label 10");
  refuse({ points: new Float32Array(3) }, TypeError, "each label needs two");
  refuse({ centers: new Float32Array(3) }, TypeError, "each class needs two");
  refuse({ range: { ...range, xMin: NaN } }, RangeError, "all borders must be finite");
  refuse({ size: { width: 347, height: 296 } }, RangeError, "at least 348 x 296");
});
