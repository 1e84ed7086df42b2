import { assertEquals } from "@std/assert";
import { inLines } from "../../../src/figures/frame/in_lines.ts";
import { legendStrip } from "../../../src/figures/frame/legend_strip.ts";
import { insideOf } from "../../../src/figures/frame/margin.ts";
import { project } from "../../../src/figures/frame/projection.ts";
import { clothes } from "../scenes/samples.ts";
import { centerSymbol } from "../../../src/figures/frame/symbols.ts";

Deno.test("inLines() starts a line where an item does not fit, but for the first", () => {
  assertEquals(inLines([30, 40, 50, 200, 10], 100, 10), [
    { left: 0, line: 0 },
    { left: 40, line: 0 },
    { left: 0, line: 1 },
    { left: 0, line: 2 },
    { left: 0, line: 3 },
  ]);
  assertEquals(inLines([], 100, 10), []);
});

Deno.test("insideOf() leaves the margins free", () => {
  const margin = { left: 10, top: 20, right: 30, bottom: 40 };
  const area = insideOf({ width: 200, height: 300 }, margin, 100, "a plot");
  assertEquals(area, { left: 10, top: 20, width: 160, height: 240 });
});

Deno.test("project() puts points at pixels, the second feature upwards, and counts the others", () => {
  const points = Float32Array.of(1, 7, 99, 0, NaN, 1, -10, -10, 0, Infinity);
  const range = { xMin: -10, xMax: 10, yMin: -10, yMax: 10 };
  const shown = project(points, range, { left: 50, top: 20, width: 200, height: 200 });
  assertEquals(shown, {
    x: Float32Array.of(160, 50),
    y: Float32Array.of(50, 220),
    index: Int32Array.of(0, 3),
    outside: 1,
    notFinite: 2,
  });
});

const letters = Array.from({ length: 26 }, (_, k) => String.fromCharCode(97 + k));
const many = Array.from({ length: 1000 }, (_, k) => `class number ${k}`);

for (
  const [what, names, width, rows] of [
    ["no class", [], 100, 1],
    ["ten digits", letters.slice(0, 10), 600, 1],
    ["letters", letters, 800, 2],
    ["a thousand classes", many, 600, 4],
    ["a name wider than all", ["a name of more than a hundred and thirty pixels"], 60, 2],
    ["long names", clothes.map((name) => `${name}, black and white`), 600, 4],
  ] as const
) {
  Deno.test(`legendStrip() takes ${rows} rows of ${width} pixels for ${what}`, () => {
    assertEquals(legendStrip(names, [centerSymbol], width).rows, rows);
  });
}
