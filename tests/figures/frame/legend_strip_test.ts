import { assert, assertEquals } from "@std/assert";
import { newFrame } from "../../../src/figures/paint/canvas.ts";
import { centerSymbol } from "../../../src/figures/frame/center.ts";
import { legendStrip, stripStep } from "../../../src/figures/frame/legend_strip.ts";
import { classColor } from "../../../src/figures/paint/palette.ts";
import { like, spot } from "../pixels.ts";

const digits = Array.from({ length: 10 }, (_, k) => `${k}`);

/** The strip on a frame as wide as it may be, and a margin of 20. */
function draw(names: string[], width: number, symbols = [centerSymbol]) {
  const strip = legendStrip(names, symbols, width);
  const frame = newFrame(width + 40, 80);
  strip.draw(frame, 20, 20);
  return { rows: strip.rows, frame };
}

Deno.test("legendStrip() is one row where all fits", () => {
  const { rows, frame } = draw(digits, 600);
  assertEquals(rows, 1);
  const places = digits.map((_, k) => spot(frame, like(classColor(k), 2)));
  for (const { pixels, y } of places) assert(pixels > 60 && Math.abs(y + 0.5 - 20) < 1);
  assertEquals(places.map(({ x }) => x), places.map(({ x }) => x).toSorted((a, b) => a - b));
});

Deno.test("legendStrip() has columns where it takes two rows", () => {
  const names = ["T-shirt", "trouser", "pullover", "dress", "coat", "ankle boot"];
  const { rows, frame } = draw(names, 450);
  assertEquals(rows, 2);
  const places = names.map((_, k) => spot(frame, like(classColor(k), 2)));
  const half = 4;
  for (let k = 0; k + half < names.length; k++) {
    assertEquals(places[k].x, places[k + half].x);
    assertEquals(places[k + half].y - places[k].y, stripStep);
  }
});

Deno.test("legendStrip() gives columns up before it leaves classes out", () => {
  const letters = Array.from({ length: 26 }, (_, k) => String.fromCharCode(97 + k));
  const { rows, frame } = draw(letters, 800);
  assertEquals(rows, 2);
  letters.forEach((name, k) => {
    assert(spot(frame, like(classColor(k), 2)).pixels > 60, name);
  });
});

Deno.test("legendStrip() counts what does not fit, and stays within its width", () => {
  for (const count of [40, 100, 1000]) {
    const names = Array.from({ length: count }, (_, k) => `class number ${k}`);
    const { rows, frame } = draw(names, 600);
    assertEquals(rows, 2);
    assert(spot(frame, like(classColor(0), 2)).pixels > 60);
    assert(spot(frame, ([red]) => red < 200, [20, 32, 620, 60]).pixels > 100);
    assertEquals(spot(frame, ([red]) => red < 250, [622, 0, 640, 80]).pixels, 0, `${count}`);
  }
});

Deno.test("legendStrip() takes no classes, and one that is wider than all", () => {
  assertEquals(draw([], 100, []).rows, 0);
  assertEquals(draw([], 100).rows, 1);
  assertEquals(draw(["a name of more than a hundred and thirty pixels"], 60, []).rows, 1);
});
