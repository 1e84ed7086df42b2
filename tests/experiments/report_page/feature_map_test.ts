/** The script that draws a page's maps, on a canvas that only takes notes. */
import { assert, assertEquals } from "@std/assert";
import { FeatureMap } from "../../../experiments/report_page/page/feature_map.js";
import { namePlaces, SpaceView, tickTexts } from "../../../experiments/report_page/page/view.js";

const AREA = { left: 0, top: 0, size: 400 };
const RANGE = { xMin: -1, xMax: 1, yMin: -1, yMax: 1 };

/** Pixels of a letter. */
const WIDTH = 7;

/** A canvas, and the calls of its context that were made. */
function noted() {
  const calls: [name: string, ...values: unknown[]][] = [];
  const context = new Proxy({}, {
    get: (_, name) => (...values: unknown[]) => {
      if (name === "measureText") return { width: WIDTH * String(values[0]).length };
      // As a canvas does.
      if (name === "arc" && Number(values[2]) < 0) throw new RangeError("The radius is negative");
      calls.push([String(name), ...values]);
    },
    set: () => true,
  });
  return { calls, canvas: { clientWidth: AREA.size, getContext: () => context } };
}

/** A map of these epochs, each with these samples and centers, in the plane or in space. */
function mapOf(
  { epochs = [1], points, centers = null, view = "plane", page = epochs, range = RANGE }: {
    epochs?: number[];
    points: number[][];
    centers?: number[][][] | null;
    view?: string;
    page?: number[];
    range?: typeof RANGE;
  },
) {
  const { calls, canvas } = noted(), columns = points[0].map((_, c) => points.map((p) => p[c]));
  const part = {
    count: points.length,
    labels: points.map(() => 0),
    index: points.map((_, i) => i),
    range,
    at: () => ({ points: columns }),
  };
  const state = {
    ...{ split: "test", hidden: new Set(), trails: true, view, yaw: 0, pitch: 0, chosen: null },
    ...{ epochs: page, at: page.length - 1 },
  };
  const map = {
    width: points[0].length,
    epochs,
    centers: centers ?? epochs.map(() => null),
    axes: ["feature 1", "feature 2"],
  };
  const it = new FeatureMap(canvas, map, { test: part }, [{ short: "0" }], state);
  return { it, state, calls, draw: () => it.draw({ classes: ["red"] }) };
}

/** Many samples near the middle of space, and one at a depth. */
const deep = (depth: number) => [
  ...Array.from({ length: 500 }, (_, i) => [Math.cos(i), Math.sin(i), Math.cos(2 * i)]),
  [0, 0, depth],
];

Deno.test("SpaceView.place() gives NaN from the eye backwards, and what is near has a bounded size", () => {
  const view = new SpaceView({ middle: [0, 0, 0], radius: 1 }, AREA, { yaw: 0, pitch: 0 });
  for (const depth of [-3.3, -4, -5, -1e9, NaN]) assertEquals(view.place(0, 0, depth)[2], NaN);
  for (const depth of [-3.1, 0, 1e9]) {
    const [, , near] = view.place(0, 0, depth);
    assert(near > 0 && near <= 5, `${near} at ${depth}`);
  }
});

Deno.test("FeatureMap.draw() leaves out and counts what is behind the eye or outside the canvas", () => {
  for (const [depth, outside] of [[-50, 1], [0, 0]]) {
    const { it, calls, draw } = mapOf({ points: deep(depth), view: "space" });
    draw();
    assertEquals(it.outside, outside);
    assertEquals(calls.filter(([name]) => name === "arc").length, 501 - outside);
    const said = calls.some(([name, text]) => name === "fillText" && text === "1 of 501 outside");
    assertEquals(said, outside === 1);
  }
  const aside = mapOf({ points: [...deep(0), [90, 0, 0], [NaN, 0, 0]], view: "space" });
  aside.draw();
  assertEquals(aside.it.outside, 1); // what is missing is not elsewhere
  const plane = mapOf({ points: [[0, 0], [5, 0], [NaN, 0]] });
  plane.draw();
  assertEquals(plane.it.outside, 1);
});

Deno.test("FeatureMap.draw() counts the centers outside beside the dots outside", () => {
  const said = (centers: number[][], points = [[0, 0]]) => {
    const { calls, draw } = mapOf({ points, centers: [centers] });
    draw();
    return calls.find(([name, text]) => name === "fillText" && /outside/.test(`${text}`))?.[1];
  };
  assertEquals(said([[0, 0]]), undefined);
  assertEquals(said([[5, 0]]), "1 center outside");
  assertEquals(said([[0, 5]], [[0, 0], [9, 0]]), "1 of 2 outside · 1 center outside");
});

Deno.test("FeatureMap.draw() leaves out a center behind the eye, and begins its way anew after it", () => {
  const ways = [[0, 0, 0], [0, 0, -50], [0.1, 0, 0], [0.2, 0, 0]];
  const { calls, state, draw } = mapOf({
    ...{ epochs: [1, 2, 3, 4], points: deep(0), view: "space" },
    centers: ways.map((center) => [center]),
  });
  draw();
  const inWay = calls.filter(([name]) => name === "moveTo" || name === "lineTo").slice(6);
  assertEquals(inWay.map(([name]) => name), ["moveTo", "lineTo", "moveTo", "lineTo"]);
  calls.length = 0;
  state.at = 1;
  draw();
  assertEquals(calls.filter(([name]) => name === "arc").length, 501);
});

Deno.test("FeatureMap.place is that of the epoch nearest to the page's", () => {
  const every = (n: number, step: number) => Array.from({ length: n }, (_, i) => step * (i + 1));
  const long = every(150, 2), short = every(150, 1);
  const { it, state } = mapOf({ epochs: short, page: long, points: [[0, 0]] });
  const shown = (at: number) => (state.at = at, short[it.place]);
  assertEquals([0, 37, 74, 75, 149].map(shown), [2, 76, 150, 150, 150]);
  state.at = 0.5; // on its way from epoch 2 to 4
  assertEquals(it.at, 2);
});

Deno.test("tickTexts() have the same decimals, or exponents where all are very small or one is large", () => {
  assertEquals(tickTexts([-0.01, -0.008, 0]), ["−0.010", "−0.008", "0.000"]);
  assertEquals(tickTexts([0, 0.5, 1]), ["0.0", "0.5", "1.0"]);
  assertEquals(tickTexts([-5e-4, 0]), ["−5e−4", "0"]);
  assertEquals(tickTexts([-1e5, 0, 99999]), ["−1e5", "0", "9.9999e4"]);
});

Deno.test("FeatureMap.draw() has room for the numbers of its vertical axis, with their signs, and names both axes", () => {
  const { calls, draw } = mapOf({
    points: [[0, -0.008]],
    range: { xMin: -0.002, xMax: 0.002, yMin: -0.01, yMax: -0.006 },
  });
  draw();
  const texts = calls.filter(([name]) => name === "fillText").map(([, ...values]) => values);
  const left = texts.filter(([text]) => String(text).startsWith("−0.0") && text !== "−0.001");
  assert(left.length > 3);
  for (const [text, x] of left) assert(Number(x) >= WIDTH * String(text).length + 20, `${text}`);
  for (const name of ["feature 1", "feature 2"]) assert(texts.some(([text]) => text === name));
});

Deno.test("namePlaces() puts names beside centers that would cover each other, and around one place", () => {
  const [alone, left, right] = namePlaces([[100, 100], [10, 10], [14, 10]]);
  assertEquals(alone, { at: [100, 100], within: true });
  assertEquals([left.at[0] < 0, right.at[0] > 24, left.within], [true, true, false]);
  const same = namePlaces(Array.from({ length: 10 }, () => [50, 50]));
  for (const [i, { at: [x, y] }] of same.entries()) {
    for (const { at: [u, v] } of same.slice(0, i)) assert(Math.hypot(x - u, y - v) > 8);
  }
  assertEquals(namePlaces([[NaN, NaN], [NaN, NaN]])[0].within, true);
});
