import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import type { Frame } from "../../src/figures/paint/canvas.ts";
import {
  type FeatureCell,
  featureGrid,
  type FeatureGridOptions,
} from "../../src/figures/feature_grid.ts";
import { classColor, tint } from "../../src/figures/paint/palette.ts";
import { dotStyle } from "../../src/figures/paint/scatter.ts";
import { ink } from "../../src/figures/paint/text.ts";
import { assertColor, assertOpaque, colorAt, like, plotsOf, spot } from "./pixels.ts";

const classNames = Array.from({ length: 10 }, (_, k) => `${k}`);
const range = { xMin: -10, xMax: 10, yMin: -10, yMax: 10 };

function cell(points: number[] = [], more: Partial<FeatureCell> = {}): FeatureCell {
  const labels = new Uint8Array(points.length / 2);
  return { points: Float32Array.from(points), labels, range, ...more };
}

function draw(
  cells: FeatureGridOptions["cells"],
  more: Partial<FeatureGridOptions> = {},
): Frame {
  return featureGrid({ cells, classNames, title: "test", ...more });
}

/** Where a place of the feature plane lies in plot `n` of the frame. */
function pixelOf(frame: Frame, n: number, x: number, y: number): [number, number] {
  const { left, top, side } = plotsOf(frame)[n];
  return [left + (x + 10) / 20 * side, top + (10 - y) / 20 * side];
}

Deno.test("featureGrid() paints each cell's dots in it, in their class's colour", () => {
  const places = [[-6.3, 3.4], [2.6, -7.2], [7.7, 7.3], [-3.4, -2.6]];
  const [a, b, c, d] = places.map((at, k) => cell(at, { labels: Uint8Array.of(2 * k + 1) }));
  const frame = draw([[a, b], [c, d]], { cellSize: 200 });
  assertEquals(plotsOf(frame).map(({ side }) => side), [200, 200, 200, 200]);
  places.forEach(([x, y], n) => {
    const color = tint(classColor(2 * n + 1), dotStyle(1).opacity);
    assertColor(frame, pixelOf(frame, n, x, y), color, `cell ${n}`);
    places.forEach(([u, v], m) => {
      if (m !== n) assertColor(frame, pixelOf(frame, n, u, v), [255, 255, 255], `cell ${n}`);
    });
  });
});

Deno.test("featureGrid() draws centers white with a dark rim, smaller in small plots", () => {
  const centers = new Float32Array(20).fill(NaN);
  centers.set([3, 4]);
  const rims = [150, 600].map((cellSize) => {
    const frame = draw([[cell([], { centers })]], { cellSize });
    const [x, y] = pixelOf(frame, 0, 3, 4);
    assertColor(frame, [x, y], [255, 255, 255]);
    return spot(
      frame,
      (color) => Math.max(...color) < 170,
      [x - 9, y - 9, x + 9, y + 9],
    ).pixels;
  });
  assert(rims[0] > 10 && rims[1] > 2 * rims[0], `${rims}`);
});

Deno.test("featureGrid() keeps frames handy: 960 x 1100, or what the cells ask for", () => {
  const sides = ([[1, 1], [1, 4], [2, 2], [3, 2], [4, 3]] as const).map(([rows, columns]) => {
    const row = Array.from({ length: columns }, () => cell([], { caption: "98 %" }));
    const frame = draw(Array.from({ length: rows }, () => row), {
      subtitle: "second line",
      rowTitles: Array.from({ length: rows }, (_, r) => `row ${r}`),
      columnTitles: Array.from({ length: columns }, (_, c) => `column ${c}`),
    });
    assert(frame.width <= 960 && frame.height <= 1100, `${frame.width} x ${frame.height}`);
    const plots = plotsOf(frame);
    assertEquals(plots.length, rows * columns);
    return plots[0].side;
  });
  assertEquals(sides[0], 360);
  assert(sides[1] > 190 && sides[2] > 340 && sides[3] > 250 && sides[4] > 170, `${sides}`);
  const row = Array.from({ length: 9 }, () => cell());
  assertEquals(plotsOf(draw([row]))[0].side, 120);
  assertEquals(plotsOf(draw([row], { cellSize: 99.6 }))[0].side, 100);
});

Deno.test("featureGrid() has a size that does not depend on the samples", () => {
  const few = draw([[cell([1, 1]), cell()]]);
  const many = draw([[cell([1, 1, 99, 99, NaN, 0, 5, 5]), cell([-3, 4])]]);
  assertEquals([few.width, few.height], [many.width, many.height]);
  assertEquals(plotsOf(few), plotsOf(many));
});

Deno.test("featureGrid() writes numbers at the outer axes only where the cells share a range", () => {
  /** Whether anything stands between the first two plots. */
  const between = (frame: Frame) => {
    const [{ left, top, side }, { left: next }] = plotsOf(frame);
    const dark = ([red]: number[]) => red < 200;
    return spot(frame, dark, [left + side + 1, top, next - 1, top + side]).pixels > 0;
  };
  assertEquals(between(draw([[cell(), cell()]])), false);
  const wider = cell([], { range: { ...range, xMax: 30 } });
  assertEquals(between(draw([[cell(), wider]])), true);
  // A range and the square around it are the same.
  const flat = cell([], { range: { ...range, yMin: -1, yMax: 1 } });
  assertEquals(between(draw([[cell(), flat]])), false);
});

Deno.test("featureGrid() leaves a place without samples empty", () => {
  const frame = draw([[cell(), undefined], [undefined, cell()]]);
  const [{ left, top, side }, last] = plotsOf(frame);
  assertEquals(plotsOf(frame).length, 2);
  const dark = (color: number[]) => Math.min(...color) < 255;
  assertEquals(spot(frame, dark, [last.left, top, last.left + side, top + side]).pixels, 0);
  // The upper plot has no other below it, so the numbers are its own.
  assert(spot(frame, dark, [left, top + side + 4, left + side, top + side + 18]).pixels > 0);
});

Deno.test("featureGrid() notes in a cell's corner what it leaves out", () => {
  const corner = (frame: Frame) => {
    const { left, top, side } = plotsOf(frame)[0];
    return spot(frame, ([red]) => red < 180, [left + 180, top + side - 18, left + side, top + side])
      .pixels;
  };
  const shown = corner(draw([[cell([1, 1, 2, 2])]]));
  for (const points of [[1, 1, 99, 0], [1, 1, 0, NaN], []]) {
    assert(corner(draw([[cell(points)]])) > shown + 40, `${points}`);
  }
});

Deno.test("featureGrid() writes class names at the medians of their dots", () => {
  const points = [-5, -5, -5, -5, -5, 9, 4, 6, 4, 6];
  const labels = Uint8Array.of(0, 0, 0, 1, 1);
  const [plain, named] = [false, true].map((classNumbers) =>
    draw([[cell(points, { labels })]], { classNumbers })
  );
  for (const [x, y] of [[-5, -5], [4, 6]]) {
    const [column, row] = pixelOf(named, 0, x, y).map(Math.round);
    const box = [column - 9, row - 9, column + 9, row + 9];
    const [before, after] = [plain, named].map((frame) => spot(frame, like(ink), box));
    assertEquals(before.pixels, 0);
    assert(after.pixels > 8 && Math.abs(after.x - column) < 3 && Math.abs(after.y - row) < 3);
  }
});

Deno.test("featureGrid() takes many classes, and lists those that fit into two rows", () => {
  const names = Array.from({ length: 300 }, (_, k) => `class ${k}`);
  const labels = Int32Array.of(299);
  const frame = draw([[cell([3.3, 3.4], { labels })]], { classNames: names, classNumbers: false });
  assertColor(frame, pixelOf(frame, 0, 3.3, 3.4), tint(classColor(299), dotStyle(1).opacity));
  assertEquals(plotsOf(frame).map(({ side }) => side), [360]);
  // 26 short names all have their dot in the legend.
  const letters = names.slice(0, 26).map((_, k) => String.fromCharCode(97 + k));
  const two = draw([[cell(), cell()]], { classNames: letters });
  for (let k = 0; k < 26; k++) {
    const legend = [0, 50, two.width, plotsOf(two)[0].top];
    assert(spot(two, like(classColor(k), 1), legend).pixels > 40, letters[k]);
  }
});

Deno.test("featureGrid() writes captions and names, and shortens those that do not fit", () => {
  const long = "a caption that goes on and on, well beyond the right edge of its own plot";
  const frame = draw([[cell([], { caption: long }), cell()]], {
    rowTitles: [long],
    columnTitles: [long, "b"],
    axisLabels: ["principal component 1", "principal component 2"],
    cellSize: 160,
  });
  const [{ left, top, side }, next] = plotsOf(frame);
  const dark = ([red]: number[]) => red < 128;
  assert(spot(frame, dark, [left, top - 20, left + side, top - 4]).pixels > 100);
  assertEquals(spot(frame, dark, [left + side + 1, top - 20, next.left, top - 4]).pixels, 0);
  assertNotEquals(frame.rgba, draw([[cell(), cell()]], { cellSize: 160 }).rgba);
});

Deno.test("featureGrid() gives equal bytes for equal input, all opaque", () => {
  const points = Array.from({ length: 800 }, (_, i) => 9 * Math.sin(i * i));
  const labels = Uint8Array.from({ length: 400 }, (_, i) => i % 10);
  const centers = Float32Array.from({ length: 20 }, (_, i) => 8 * Math.cos(i * i));
  const make = () => draw([[cell(points, { labels, centers }), cell()]], { classNumbers: true });
  assertEquals(make().rgba, make().rgba);
  assertOpaque(make());
  assertEquals(colorAt(make(), 0, 0), [255, 255, 255]);
});

Deno.test("featureGrid() refuses what does not fit together", () => {
  const refuse = (
    cells: FeatureGridOptions["cells"],
    more: Partial<FeatureGridOptions>,
    type: typeof TypeError,
    message: string,
  ) => assertThrows(() => draw(cells, more), type, message);
  refuse([], {}, RangeError, "Cannot draw a grid without cells: give at least one");
  refuse([[], []], {}, RangeError, "Cannot draw a grid without cells: give at least one");
  refuse([[undefined]], {}, RangeError, "Cannot draw a grid without cells: give at least one");
  refuse([[cell()], [cell(), cell()]], {}, TypeError, "Cannot draw rows of 1 and of 2 cells");
  refuse([[cell()]], { columnTitles: ["a", "b"] }, TypeError, "Cannot name 1 columns with 2");
  refuse([[cell()]], { rowTitles: [] }, TypeError, "Cannot name 1 rows with 0 titles");
  refuse([[cell()]], { cellSize: 79 }, RangeError, "Cannot draw cells of 79 pixels");
  refuse([[cell()]], { cellSize: NaN }, RangeError, "Cannot draw cells of NaN pixels");
  refuse([[cell([1])]], {}, TypeError, "each label needs two");
  refuse([[cell([], { centers: new Float32Array(3) })]], {}, TypeError, "each class needs two");
  refuse([[cell([1, 1], { labels: Int32Array.of(-1) })]], {}, RangeError, "Cannot draw label -1");
  const endless = { ...range, yMin: -Infinity };
  refuse([[cell([], { range: endless })]], {}, RangeError, "all borders must be finite");
});
