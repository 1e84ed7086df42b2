import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { divergingColor } from "../../../src/figures/charts/diverging.ts";
import { matrixMap, type MatrixMapOptions } from "../../../src/figures/charts/matrix_map.ts";
import { textSize, textWidth } from "../../../src/figures/paint/text.ts";
import { assertColor, assertOpaque, colorAt, spot } from "../pixels.ts";

const namesOf = (n: number) => Array.from({ length: n }, (_, k) => `${k}`);

function draw(values: number[], names: string[], more: Partial<MatrixMapOptions> = {}) {
  return matrixMap({ values, names, title: "test", ...more });
}

/** The top left corner of the matrix where names are digits and there is no second line. */
function cornerOf(names: string[], size: number): [number, number] {
  const widest = Math.ceil(Math.max(...names.map((name) => textWidth(name, size))));
  return [28 + widest + 8, 56 + Math.ceil(size) + 8];
}

Deno.test("matrixMap() paints value [i, j] in row i and column j", () => {
  const names = namesOf(10);
  const values = Array.from({ length: 100 }, (_, i) => -1 + 2 * i / 99);
  values[37] = NaN;
  const frame = draw(values, names);
  const [left, top] = cornerOf(names, textSize.normal);
  values.forEach((value, i) => {
    const [x, y] = [left + i % 10 * 56, top + Math.floor(i / 10) * 56];
    const color = i === 37 ? [217, 220, 225] : divergingColor(value);
    // Three pixels into the cell, off the number in its middle, and its other corner.
    assertColor(frame, [x + 3, y + 3], color, `value ${i}`);
    assertColor(frame, [x + 54, y + 54], color, `value ${i}`);
    assertColor(frame, [x + 55, y + 30], [255, 255, 255], `line behind value ${i}`);
  });
});

Deno.test("matrixMap() writes the values of up to 16 rows, light on dark and dark on light", () => {
  const inks = (n: number, value: number, cell: number) => {
    const names = namesOf(n);
    const frame = draw(new Array(n * n).fill(value), names);
    const [x, y] = cornerOf(names, textSize.normal);
    const other = (color: number[]) =>
      color.some((v, c) => Math.abs(v - divergingColor(value)[c]) > 60);
    const { pixels } = spot(frame, other, [x, y, x + cell - 1, y + cell - 1]);
    const light = spot(frame, (c) => Math.min(...c) > 230, [x, y, x + cell - 1, y + cell - 1]);
    return { pixels, light: light.pixels > 0 };
  };
  const cell = 56;
  const [dark, pale] = [inks(10, 1, cell), inks(10, 0.3, cell)];
  assert(dark.pixels > 40 && dark.light && pale.pixels > 40 && !pale.light);
  assert(inks(16, 0.3, Math.floor(620 / 16)).pixels > 20);
  assertEquals(inks(17, 0.3, Math.floor(620 / 17)).pixels, 0);
});

Deno.test("matrixMap() writes no minus before a zero, and the same for what rounds alike", () => {
  const [zero, below] = [0, -0.001].map((value) => draw([1, value, value, 1], ["a", "b"]));
  const inks = (frame: ReturnType<typeof draw>) =>
    spot(frame, ([red]) => red < 120, [110, 80, 165, 135]).pixels;
  assertEquals(inks(zero), inks(below));
});

Deno.test("matrixMap() makes cells smaller for many names, and writes only some of these", () => {
  const sizes = [1, 2, 10, 26, 100].map((n) => {
    const { width, height } = draw(new Array(n * n).fill(0), namesOf(n));
    return { width, height };
  });
  for (const { width, height } of sizes) assert(width >= 480 && width <= 900 && height <= 900);
  assertEquals(sizes[0].width, 480);
  const names = namesOf(100);
  const frame = draw(Array.from({ length: 1e4 }, (_, i) => i % 101 ? 0 : 1), names);
  const widest = Math.ceil(Math.max(...names.map((name) => textWidth(name, textSize.small))));
  // Two-digit names stand upright above cells of six pixels.
  const [left, top] = [28 + widest + 8, 56 + widest + 8];
  for (const i of [0, 50, 99]) {
    assertColor(frame, [left + 6 * i + 3, top + 6 * i + 3], divergingColor(1));
    assertColor(frame, [left + 6 * i + 3, top + 6 * ((i + 50) % 100) + 3], divergingColor(0));
  }
});

Deno.test("matrixMap() stands long names upright and shortens them", () => {
  const short = draw([1, 0, 0, 1], ["a", "b"]);
  const long = draw([1, 0, 0, 1], ["ankle boot", "a name much longer than a hundred pixels"]);
  assert(long.height > short.height + 60 && long.height < short.height + 140);
});

Deno.test("matrixMap() has a bar from 1 above to -1 below, with what it shows", () => {
  const names = namesOf(10);
  const frame = draw(new Array(100).fill(0), names);
  const [left, top] = cornerOf(names, textSize.normal);
  const bar = left + 560 + 32 + 8;
  assertColor(frame, [bar, top], divergingColor(1 - 1 / 320));
  assertColor(frame, [bar, top + 159], divergingColor(1 / 320));
  assertColor(frame, [bar, top + 319], divergingColor(-1 + 1 / 320));
  assertColor(frame, [bar, top + 320], [255, 255, 255]);
  assertNotEquals(draw(new Array(100).fill(0), names, { unit: "cosine" }).rgba, frame.rgba);
});

Deno.test("matrixMap() gives equal bytes for equal input, all opaque", () => {
  const values = Array.from({ length: 144 }, (_, i) => Math.sin(i * i));
  const [first, second] = [0, 1].map(() => draw(values, namesOf(12), { subtitle: "second" }));
  assertEquals(first.rgba, second.rgba);
  assertOpaque(first);
  assertEquals(colorAt(first, 0, 0), [255, 255, 255]);
});

Deno.test("matrixMap() refuses what is no matrix of correlations", () => {
  assertThrows(() => draw([], []), RangeError, "Cannot draw a matrix without names");
  assertThrows(
    () => draw([1, 0], ["a", "b"]),
    TypeError,
    "Cannot draw 2 values with 2 names: it must be 2 x 2",
  );
  for (const value of [1.01, -Infinity]) {
    const message = `Cannot draw the correlation ${value}: it must lie from -1 to 1`;
    assertThrows(() => draw([value], ["a"]), RangeError, message);
  }
  assert(draw([1 + 1e-9], ["a"]).width > 0, "rounding is forgiven");
});
