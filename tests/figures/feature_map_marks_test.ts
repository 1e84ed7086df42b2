import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { featureMap, type FeatureMapOptions, type Marks } from "../../src/figures/feature_map.ts";
import { classColor } from "../../src/figures/paint/palette.ts";
import { ink } from "../../src/figures/paint/text.ts";
import { assertColor, assertOpaque, colorAt, like, spot } from "./pixels.ts";

const classNames = Array.from({ length: 10 }, (_, k) => `${k}`);
const range = { xMin: -10, xMax: 10, yMin: -10, yMax: 10 };

function draw(options: Partial<FeatureMapOptions>) {
  const points = options.points ?? new Float32Array();
  const labels = options.labels ?? new Uint8Array(points.length / 2);
  return featureMap({ points, labels, classNames, title: "test", range, ...options });
}

function marksAt(points: number[], more: Partial<Marks> = {}): Marks {
  return { points: Float32Array.from(points), name: "most certain", ...more };
}

/** The plot is 660 pixels wide from (84, 84) on. */
function pixelOf(x: number, y: number): [number, number] {
  return [84 + (x + 10) * 33, 84 + (10 - y) * 33];
}

/** A part from 0 to 1 for each integer, the same on every machine. */
function part(i: number): number {
  return (Math.imul(i + 1, 2654435761) >>> 0) / 2 ** 32;
}

/** SHA-256 of a map of 600 samples. */
async function hashOf(options: Partial<FeatureMapOptions> & { classNames: string[] }) {
  const { rgba } = draw({
    points: Float32Array.from({ length: 1200 }, (_, i) => 22 * part(i) - 11),
    labels: Uint8Array.from({ length: 600 }, (_, i) => i % options.classNames.length),
    ...options,
  });
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", rgba));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

Deno.test("featureMap() gives the bytes that it gave before it knew marks and class names", async () => {
  const centers = Float32Array.from({ length: 20 }, (_, i) => 18 * part(i + 7) - 9);
  assertEquals(
    await hashOf({ classNames, centers, subtitle: "a second line" }),
    "d699d5b84adc3cd99bc7ef6ebfc4d8191aa565d3b5b3a2a5970674a911732b1f",
  );
  assertEquals(
    await hashOf({
      classNames: Array.from({ length: 26 }, (_, k) => `class ${k}`),
      size: { width: 640, height: 520 },
      axisLabels: ["first", "second"],
    }),
    "11a03e64c345efcbf71cf385060a035afd06461d6547307ae9db963284d244bf",
  );
});

Deno.test("featureMap() draws marks black with a white ring, over dots and centers", () => {
  const points = Float32Array.from({ length: 3000 }, (_, i) => 4 + 2 * part(i) - 1);
  const centers = new Float32Array(20).fill(4);
  const frame = draw({ points, centers, marks: marksAt([4, 4]) });
  const [x, y] = pixelOf(4, 4);
  assertColor(frame, [x, y], ink);
  assertColor(frame, [x + 3, y], ink);
  assert(like([255, 255, 255], 8)(colorAt(frame, x, y - 6)));
});

Deno.test("featureMap() adds a ring in the class's colour where a mark has a class", () => {
  const labels = Uint8Array.of(3, 8);
  const frame = draw({ marks: marksAt([-4, 2, 6, -7], { labels }) });
  [[-4, 2], [6, -7]].forEach(([u, v], i) => {
    const [x, y] = pixelOf(u, v);
    assertColor(frame, [x, y], ink);
    const ring = spot(frame, like(classColor(labels[i]), 40), [x - 9, y - 9, x + 9, y + 9]);
    assert(ring.pixels > 20, `${ring.pixels}`);
    assert(Math.hypot(ring.x + 0.5 - x, ring.y + 0.5 - y) < 1);
  });
});

Deno.test("featureMap() keeps each mark's class where others lie outside", () => {
  const labels = Uint8Array.of(3, 8);
  const frame = draw({ marks: marksAt([99, 0, 6, -7], { labels }) });
  const [x, y] = pixelOf(6, -7);
  const ringOf = (k: number) =>
    spot(frame, like(classColor(k), 40), [x - 9, y - 9, x + 9, y + 9]).pixels;
  assert(ringOf(8) > 20 && ringOf(3) === 0);
});

Deno.test("featureMap() names marks below the classes, in several lines where it must", () => {
  const inked = (name: string) => {
    const frame = draw({ marks: marksAt([], { name }) });
    return spot(frame, ([red]) => red < 150, [786, 330, frame.width, 480]);
  };
  const [one, two] = ["most certain", "most certain sample of its class"].map(inked);
  assert(one.pixels > 50 && two.pixels > 1.5 * one.pixels && two.y > one.y + 10);
  assertNotEquals(draw({ marks: marksAt([]) }).rgba, draw({}).rgba);
});

Deno.test("featureMap() counts marks outside in its note", () => {
  const note = (marks?: Marks) => {
    const frame = draw({ points: Float32Array.of(1, 1), marks });
    return spot(frame, ([red]) => red < 150, [550, 770, frame.width, frame.height]).pixels;
  };
  assertEquals(note(marksAt([2, 2])), 0);
  assert(note(marksAt([2, 99])) > 30 && note(marksAt([NaN, 0])) > 30);
});

Deno.test("featureMap() writes class names beside centers and marks, not over them", () => {
  const centers = new Float32Array(20).fill(NaN);
  centers.set([-5, 5]);
  const options = { points: Float32Array.of(-5, 5, 5, -5), labels: Uint8Array.of(0, 1) };
  const marks = marksAt([5, -5]);
  const [plain, named] = [false, true].map((classNumbers) =>
    draw({ ...options, centers, marks, classNumbers })
  );
  for (const place of [[-5, 5], [5, -5]]) {
    const [x, y] = pixelOf(place[0], place[1]);
    const dark = (frame: typeof plain, r: number) =>
      spot(frame, like(ink, 60), [x - r, y - r, x + r, y + r]).pixels;
    assertEquals(dark(named, 5), dark(plain, 5), "the symbol is as it was");
    assert(dark(named, 30) > dark(plain, 30) + 10, "the name is near");
  }
});

Deno.test("featureMap() with marks and names gives equal bytes for equal input, all opaque", () => {
  const points = Float32Array.from({ length: 1000 }, (_, i) => 18 * part(i) - 9);
  const labels = Uint8Array.from({ length: 500 }, (_, i) => i % 10);
  const marks = marksAt([1, 2, 3, 4], { labels: Uint8Array.of(4, 5) });
  const first = draw({ points, labels, marks, classNumbers: true });
  draw({ classNames: ["other"] });
  assertEquals(draw({ points, labels, marks, classNumbers: true }).rgba, first.rgba);
  assertOpaque(first);
});

Deno.test("featureMap() refuses marks that do not fit together", () => {
  const refuse = (marks: Marks, type: typeof TypeError, message: string) =>
    assertThrows(() => draw({ marks }), type, message);
  refuse(marksAt([1]), TypeError, "Cannot mark 1 feature values: each mark needs two");
  const one = { labels: Uint8Array.of(1) };
  refuse(marksAt([1, 2, 3, 4], one), TypeError, "Cannot mark 4 feature values with 1 labels");
  const stray = { labels: Int32Array.of(10) };
  refuse(marksAt([1, 2], stray), RangeError, "Cannot draw label 10: there are 10 class names");
});
