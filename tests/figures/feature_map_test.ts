import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { featureMap, type FeatureMapOptions } from "../../src/figures/feature_map.ts";
import type { Frame } from "../../src/figures/paint/canvas.ts";
import { classColor, tint } from "../../src/figures/paint/palette.ts";
import { dotStyle } from "../../src/figures/paint/scatter.ts";

const classNames = Array.from({ length: 10 }, (_, k) => `${k}`);
const range = { xMin: -10, xMax: 10, yMin: -10, yMax: 10 };

function draw(options: Partial<FeatureMapOptions>): Frame {
  const points = options.points ?? new Float32Array();
  const labels = options.labels ?? new Uint8Array(points.length / 2);
  return featureMap({ points, labels, classNames, title: "test", range, ...options });
}

/** The colour at a place of the feature plane; the plot is 660 pixels wide from (84, 84) on. */
function colorAt(frame: Frame, x: number, y: number): number[] {
  const column = Math.floor(84 + (x - range.xMin) / 20 * 660);
  const row = Math.floor(84 + (range.yMax - y) / 20 * 660);
  const at = (row * frame.width + column) * 4;
  return [...frame.rgba.subarray(at, at + 3)];
}

Deno.test("featureMap() paints a dot in its class's colour where it belongs", () => {
  for (let k = 0; k < 10; k++) {
    // Off the grid lines and over the middle of a pixel.
    const [x, y] = [k - 5.0152, 3.3182];
    const frame = draw({ points: Float32Array.of(x, y), labels: Uint8Array.of(k) });
    const expected = tint(classColor(k), dotStyle(1).opacity);
    const seen = colorAt(frame, x, y);
    assert(seen.every((value, c) => Math.abs(value - expected[c]) <= 1), `${k}: ${seen}`);
  }
});

Deno.test("featureMap() points the second feature upwards", () => {
  const frame = draw({ points: Float32Array.of(1, 7) });
  assertNotEquals(colorAt(frame, 1, 7), [255, 255, 255]);
  assertEquals(colorAt(frame, 1, -7), [255, 255, 255]);
});

Deno.test("featureMap() draws centres white with a dark rim, above the dots", () => {
  const centers = new Float32Array(20).fill(100);
  centers.set([3, 3]);
  const points = Float32Array.from({ length: 2000 }, (_, i) => 3 + Math.sin(i) / 2);
  const frame = draw({ points, centers });
  assertEquals(colorAt(frame, 3, 3), [255, 255, 255]);
  assert(Math.max(...colorAt(frame, 3 + 5.2 * 20 / 660, 3)) < 60);
});

Deno.test("featureMap() gives equal bytes for equal input", () => {
  const points = Float32Array.from({ length: 4000 }, (_, i) => 8 * Math.sin(i * i));
  const labels = Uint8Array.from({ length: 2000 }, (_, i) => i % 10);
  const first = draw({ points, labels });
  draw({ classNames: ["other"], title: "another backdrop in between" });
  assertEquals(draw({ points, labels }).rgba, first.rgba);
});

Deno.test("featureMap() lets no class cover the others, even when sorted", () => {
  const count = 10000;
  const points = Float32Array.from({ length: 2 * count }, (_, i) => Math.sin(i * i * 0.7));
  const labels = Uint8Array.from({ length: count }, (_, i) => i < count / 2 ? 0 : 3);
  const frame = draw({ points, labels });
  let [blue, red] = [0, 0];
  for (let i = 0; i < frame.rgba.length; i += 4) {
    if (frame.rgba[i + 2] > frame.rgba[i] + 60) blue++;
    if (frame.rgba[i] > frame.rgba[i + 2] + 60) red++;
  }
  assert(Math.min(blue, red) > 0.6 * Math.max(blue, red), `${blue} blue and ${red} red pixels`);
});

Deno.test("featureMap() shows density: more dots, more colour", () => {
  const at = (count: number) => {
    const points = new Float32Array(2 * 60000).fill(50);
    for (let i = 0; i < count; i++) points.set([4, 4], 2 * i);
    return colorAt(draw({ points }), 4, 4)[0];
  };
  const levels = [1, 3, 10, 35].map(at);
  assertEquals(levels, levels.toSorted((a, b) => b - a));
  assert(levels[0] - levels[3] > 100, `${levels}`);
});

Deno.test("featureMap() notes what it leaves out, and draws it nowhere", () => {
  const shown = draw({ points: Float32Array.of(1, 1, 1, 1, 1, 1) });
  const hidden = draw({ points: Float32Array.of(1, 1, NaN, 1, 99, 1) });
  assertNotEquals(noteOf(hidden), noteOf(shown));
  const blank = draw({ points: Float32Array.of(Infinity, 0, 0, -50) });
  assertEquals(plotOf(blank), plotOf(draw({})));
});

Deno.test("featureMap() draws axes where there are no samples", () => {
  assertNotEquals(new Set(plotOf(draw({}))).size, 1);
  assertNotEquals(new Set(noteOf(draw({}))).size, 1);
});

Deno.test("featureMap() names its axes, and keeps the note clear of a long name", () => {
  const long = "principal component 1 (43 % of the variance)";
  const named = draw({ axisLabels: [long, "second"] });
  const plain = draw({ axisLabels: ["feature 1", "feature 2"] });
  assertEquals(plain.rgba, draw({}).rgba);
  const names = (frame: Frame) =>
    Array.from({ length: 300 }, (_, i) => frame.rgba[((264 + i) * 880 + 33) * 4]);
  assertNotEquals(names(named), names(plain));
  // Right of the plot's middle: the name, a gap, and "no samples".
  const written = columns(named, 414, 744, 770).map((ink, x) => ink ? x : -1).filter((x) => x >= 0);
  const gaps = written.slice(1).map((x, i) => x - written[i]);
  assert(Math.max(...gaps) >= 20, `${Math.max(...gaps)}`);
});

Deno.test("featureMap() keeps the size asked for", () => {
  const frame = draw({ size: { width: 500, height: 420 } });
  assertEquals([frame.width, frame.height], [500, 420]);
});

Deno.test("featureMap() marks samples in black with a white ring, over dots and centers", () => {
  const points = Float32Array.from({ length: 2000 }, (_, i) => 3 + Math.sin(i) / 2);
  const centers = new Float32Array(20).fill(3);
  const marks = { points: Float32Array.of(3, 3, -5, 99), name: "most certain sample" };
  const frame = draw({ points, centers, marks });
  const pixel = 20 / 660;
  assert(Math.max(...colorAt(frame, 3, 3)) < 60);
  assert(Math.min(...colorAt(frame, 3 + 5.2 * pixel, 3)) > 240);
  const labels = Uint8Array.of(0, 3);
  const ringed = colorAt(
    draw({ points, centers, marks: { ...marks, labels } }),
    3 + 6.4 * pixel,
    3,
  );
  assert(ringed.every((value, c) => Math.abs(value - classColor(0)[c]) < 60), `${ringed}`);
  // The one that lies outside is said to.
  const inside = { ...marks, points: Float32Array.of(3, 3) };
  assertNotEquals(noteOf(frame), noteOf(draw({ points, centers, marks: inside })));
});

Deno.test("featureMap() lists marks below the center, in two lines where one is too short", () => {
  const marks = { points: new Float32Array(), name: "most certain sample" };
  const centers = new Float32Array(20);
  const rows = (options: Partial<FeatureMapOptions>) => {
    const frame = draw({ centers, ...options });
    return [345, 369, 385].map((y) => columns(frame, 785, 870, y - 6, y + 6).includes(true));
  };
  assertEquals(rows({}), [true, false, false]);
  assertEquals(rows({ marks }), [true, true, true]);
});

Deno.test("featureMap() writes class numbers beside centers and marks, not over them", () => {
  const points = Float32Array.of(3, 3, 3, 3);
  const centers = new Float32Array(20).fill(99);
  centers.set([3, 3]);
  const [plain, numbered] = [false, true].map((classNumbers) =>
    draw({ points, centers, classNumbers })
  );
  assertNotEquals(plotOf(numbered), plotOf(plain));
  for (const dx of [-5, -2, 0, 2, 5]) {
    assertEquals(colorAt(numbered, 3 + dx / 33, 3), colorAt(plain, 3 + dx / 33, 3));
  }
  const bare = draw({ points, classNumbers: true });
  assertNotEquals(colorAt(bare, 3 - 4 / 33, 3), colorAt(draw({ points }), 3 - 4 / 33, 3));
});

Deno.test("featureMap() takes 26 and 100 classes with long names", () => {
  for (const classes of [26, 100]) {
    const names = Array.from({ length: classes }, (_, k) => `ankle boot, brown, of kind ${k}`);
    const labels = Uint8Array.from({ length: 500 }, (_, i) => i % classes);
    const points = Float32Array.from({ length: 1000 }, (_, i) => 8 * Math.sin(i * i));
    const frame = draw({ points, labels, classNames: names, classNumbers: true });
    assertEquals(columns(frame, 872, 880, 0), Array(8).fill(false));
  }
});

Deno.test("featureMap() refuses what does not fit together", () => {
  assertThrows(() => draw({ points: new Float32Array(3) }), TypeError, "each label needs two");
  assertThrows(() => draw({ centers: new Float32Array(4) }), TypeError, "each class needs two");
  assertThrows(
    () => draw({ points: new Float32Array(2), labels: Int32Array.of(10) }),
    RangeError,
    "Cannot draw label 10",
  );
  assertThrows(() => draw({ size: { width: 200, height: 200 } }), RangeError);
  assertThrows(() => draw({ range: { ...range, xMax: NaN } }), RangeError, "finite");
  const mark = { points: new Float32Array(3), name: "mark" };
  assertThrows(() => draw({ marks: mark }), TypeError, "Cannot mark 3 feature values: each");
  const marks = { points: new Float32Array(4), labels: Uint8Array.of(0), name: "mark" };
  assertThrows(() => draw({ marks }), TypeError, "Cannot mark 4 feature values with 1 labels");
  const stray = { ...marks, labels: Uint8Array.of(0, 10) };
  assertThrows(() => draw({ marks: stray }), RangeError, "Cannot draw label 10");
});

/** Which columns hold anything but white below a row, up to another. */
function columns(
  frame: Frame,
  from: number,
  to: number,
  top: number,
  end = frame.height,
): boolean[] {
  return Array.from({ length: to - from }, (_, i) => {
    for (let y = top; y < end; y++) {
      if (frame.rgba[(y * frame.width + from + i) * 4] < 255) return true;
    }
    return false;
  });
}

/** The bytes of the plot's rows. */
function plotOf(frame: Frame): Uint8Array {
  return frame.rgba.subarray(84 * frame.width * 4, 744 * frame.width * 4);
}

/** The bytes of the rows under the tick labels. */
function noteOf(frame: Frame): Uint8Array {
  return frame.rgba.subarray(770 * frame.width * 4);
}
