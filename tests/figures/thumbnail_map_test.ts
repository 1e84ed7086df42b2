import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import type { Frame } from "../../src/figures/paint/canvas.ts";
import { classColor } from "../../src/figures/paint/palette.ts";
import { thumbnailMap, type ThumbnailMapOptions } from "../../src/figures/thumbnail_map.ts";

const classNames = Array.from({ length: 10 }, (_, k) => `${k}`);
const corners = [[-1, -1, -1], [1, -1, -1], [-1, 1, -1], [1, 1, -1]].flatMap((c) => [
  ...c,
  -c[0],
  -c[1],
  1,
]);

/** White squares at the corners of a cube, and at `points`. */
function draw(
  points: number[],
  labels: number[],
  options: Partial<ThumbnailMapOptions> = {},
): Frame {
  const count = 8 + labels.length;
  return thumbnailMap({
    points: Float32Array.from([...corners, ...points]),
    labels: Uint8Array.from([...new Array(8).fill(9), ...labels]),
    images: new Uint8Array(count * 16 * (options.channels ?? 1)).fill(255),
    height: 4,
    width: 4,
    channels: 1,
    classNames,
    title: "test",
    size: { width: 640, height: 560 },
    ...options,
  });
}

/** Mean place and number of the pixels in a class's colour, left of the legend; shadows are paler. */
function spotOf(frame: Frame, label: number) {
  const color = classColor(label).map((c) => 255 - c);
  const length = Math.hypot(...color);
  let [x, y, pixels] = [0, 0, 0];
  for (let i = 0; i < frame.width * frame.height; i++) {
    if (i % frame.width > frame.width - 140 || frame.rgba[4 * i] === 255) continue;
    const seen = color.map((_, c) => 255 - frame.rgba[4 * i + c]);
    const strength = seen.reduce((sum, v, c) => sum + v * color[c], 0) / length ** 2;
    const off = Math.hypot(...seen.map((v, c) => v - strength * color[c])) / length;
    if (strength < 0.3 || off > 0.06) continue;
    [x, y, pixels] = [x + i % frame.width, y + Math.floor(i / frame.width), pixels + 1];
  }
  return { x: x / pixels, y: y / pixels, pixels };
}

Deno.test("thumbnailMap() draws what is nearer larger, and over what is behind", () => {
  // The eye stands on the side of positive first, negative second and positive third features.
  const [near, far] = [[0.8, -0.8, 0], [-0.8, 0.8, 0]];
  const [large, small] = [near, far].map((point) => spotOf(draw(point, [0]), 0).pixels);
  assert(small > 100 && large > 1.3 * small, `${large} and ${small} pixels`);
  const eye = [0.579, -0.741, 0.364];
  const covered = draw([...eye.map((v) => 0.4 * v), ...eye.map((v) => -0.4 * v)], [0, 3]);
  const order = draw([...eye.map((v) => -0.4 * v), ...eye.map((v) => 0.4 * v)], [3, 0]);
  assertEquals(spotOf(covered, 3).pixels, 0);
  assert(spotOf(covered, 0).pixels > 100);
  assertEquals(covered.rgba, order.rgba);
});

Deno.test("thumbnailMap() points the axes right, left-to-right and upwards", () => {
  const middle = spotOf(draw([0.5, -0.5, 0], [0]), 0);
  const raised = spotOf(draw([0.5, -0.5, 0.5], [0]), 0);
  assert(raised.y < middle.y - 30 && Math.abs(raised.x - middle.x) < 30);
  // Seen from the lower right, both grow to the right; the first comes closer, so it sinks.
  const [first, second] = [[0.9, -0.5, 0], [0.5, -0.1, 0]].map((p) => spotOf(draw(p, [0]), 0));
  assert(first.x > middle.x + 20 && first.y > middle.y);
  assert(second.x > middle.x + 20 && second.y < middle.y);
  const turned = draw([0.5, -0.5, 0], [0], { view: { azimuth: 128, elevation: 20 } });
  assert(spotOf(turned, 0).pixels < middle.pixels, "from the other side it is far");
});

Deno.test("thumbnailMap() leaves the dark parts of grey images clear", () => {
  const images = new Uint8Array(9 * 16);
  const frame = draw([0, 0, 0], [0], { images });
  assertEquals(spotOf(frame, 0).pixels, 0);
  images[8 * 16 + 5] = 255;
  assert(spotOf(draw([0.8, -0.8, 0], [0], { images }), 0).pixels > 10);
});

Deno.test("thumbnailMap() shows colour images in a frame of their class's colour", () => {
  const images = new Uint8Array(9 * 48);
  for (let i = 0; i < 16; i++) images.set([0, 255, 0], 8 * 48 + 3 * i);
  const frame = draw([0.8, -0.8, 0.8], [3], { images, channels: 3 });
  let green = 0;
  for (let i = 0; i < frame.rgba.length; i += 4) {
    const [r, g, b] = frame.rgba.subarray(i, i + 3);
    if (g > 240 && r < 60 && b < 60) green++;
  }
  const rim = spotOf(frame, 3).pixels;
  assert(green > 300 && rim > 60 && rim < green, `${green} inside, ${rim} around`);
});

Deno.test("thumbnailMap() notes what it leaves out, and draws it nowhere", () => {
  const crowd = Array.from({ length: 300 }, (_, i) => [Math.sin(i), Math.cos(i), Math.sin(2 * i)]);
  const labels = crowd.map(() => 9);
  const shown = draw(crowd.flat(), labels);
  const hidden = draw(
    [...crowd.slice(2).flat(), 99, 0, 0, NaN, 0, 0],
    labels.with(298, 0).with(299, 0),
  );
  const note = (frame: Frame) => frame.rgba.subarray((frame.height - 36) * frame.width * 4);
  assertNotEquals(note(hidden), note(shown));
  assertEquals(new Set(note(shown)), new Set([255]));
  assertEquals(spotOf(hidden, 0).pixels, 0);
});

Deno.test("thumbnailMap() draws centers on top, and names them in the legend", () => {
  const centers = new Float32Array(30).fill(NaN);
  centers.set([0, 0, 0]);
  const [plain, marked] = [undefined, centers].map((c) => draw([0, 0, 0], [0], { centers: c }));
  assert(spotOf(marked, 0).pixels < spotOf(plain, 0).pixels);
});

Deno.test("thumbnailMap() takes samples that are none, one, alike or in a plane", () => {
  const sets: number[][] = [[], [1, 2, 3], [1, 2, 3, 1, 2, 3], [NaN, 0, 0], [
    0,
    0,
    5,
    1,
    1,
    5,
    2,
    0,
    5,
  ]];
  for (const points of sets) {
    const count = points.length / 3;
    const frame = thumbnailMap({
      points: Float32Array.from(points),
      labels: new Uint8Array(count),
      images: new Uint8Array(16 * count).fill(255),
      height: 4,
      width: 4,
      channels: 1,
      classNames,
      title: "few",
      size: { width: 500, height: 400 },
    });
    assertEquals([frame.width, frame.height], [500, 400]);
    const spots = points.filter(Number.isFinite).length === points.length ? count : 0;
    assertEquals(spotOf(frame, 0).pixels > 0, spots > 0, `${points}`);
  }
});

Deno.test("thumbnailMap() refuses what does not fit together", () => {
  const refuse = (options: Partial<ThumbnailMapOptions>, type: typeof TypeError, message: string) =>
    assertThrows(() => draw([0, 0, 0], [0], options), type, message);
  refuse({ points: new Float32Array(26) }, TypeError, "26 feature values with 9 labels");
  refuse({ images: new Uint8Array(5) }, TypeError, "Cannot read 5 bytes as [9, 4, 4, 1] images");
  refuse({ centers: new Float32Array(4) }, TypeError, "each class needs three");
  refuse({ channels: 2 }, RangeError, "images of 2 channels");
  refuse({ labels: new Uint8Array(9).fill(10) }, RangeError, "Cannot draw label 10");
  refuse({ view: { azimuth: NaN, elevation: 0 } }, RangeError, "both must be finite");
  refuse({ size: { width: 400, height: 400 } }, RangeError, "at least 414 x 356");
});
