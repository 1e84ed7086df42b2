import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { featureGrid, type FeatureGridOptions } from "../../src/figures/feature_grid.ts";
import { classColor } from "../../src/figures/palette.ts";
import { blobs } from "./blobs.ts";
import { count, pixelAt, type Window } from "./pixels.ts";

const classNames = Array.from({ length: 10 }, (_, k) => `${k}`);
const range = { xMin: -8, xMax: 8, yMin: -8, yMax: 8 };
const cell = { ...blobs(200, 10), range };
const empty = { points: new Float32Array(), labels: new Uint8Array(), range };

function draw(options: Partial<FeatureGridOptions> = {}) {
  return featureGrid({ cells: [[cell, cell]], classNames, title: "test", ...options });
}

/** The plots of 200 pixels in a row of two that share a range; found by their borders. */
function plots(frame: ReturnType<typeof draw>, side: number): Window[] {
  const border = (x: number, y: number) => pixelAt(frame, x, y).join() === "186,191,199";
  const found: Window[] = [];
  for (let y = 0; y < frame.height; y++) {
    for (let x = 0; x < frame.width; x++) {
      const corner = border(x, y) && border(x + 1, y) && border(x, y + 1) &&
        !border(x - 1, y) && !border(x, y - 1) && border(x + side + 1, y + side + 1);
      if (corner) found.push({ left: x + 1, top: y + 1, width: side, height: side });
    }
  }
  return found;
}

Deno.test("featureGrid() draws a square for each cell, in rows and columns", () => {
  const frame = draw({ cells: [[cell, undefined, cell], [cell, cell, cell]], cellSize: 150 });
  const found = plots(frame, 150);
  assertEquals(found.length, 5);
  const [a, b, c, d, e] = found;
  assertEquals([a.top, c.top, a.left, b.left], [b.top, d.top, c.left, e.left]);
  assertEquals(d.left - c.left, e.left - d.left);
});

Deno.test("featureGrid() paints each cell's own samples where they belong", () => {
  const one = (x: number, y: number, label: number) => ({
    points: Float32Array.of(x, y),
    labels: Uint8Array.of(label),
    range,
  });
  const frame = draw({ cells: [[one(4, 2, 3), one(-4, -6, 0)]], cellSize: 200 });
  const [left, right] = plots(frame, 200);
  const at = ({ left, top }: Window, x: number, y: number) =>
    pixelAt(frame, left + (x + 8) / 16 * 200, top + (8 - y) / 16 * 200);
  const [red, , redBlue] = at(left, 4, 2);
  assert(red > redBlue + 60);
  const [blueRed, , blue] = at(right, -4, -6);
  assert(blue > blueRed + 60);
  assertEquals(at(left, -4, -6), [255, 255, 255]);
});

Deno.test("featureGrid() writes numbers at the outer axes where cells share a range, else at all", () => {
  const shared = draw({ cellSize: 200 });
  const own = draw({ cells: [[cell, { ...cell, range: { ...range, xMax: 20 } }]], cellSize: 200 });
  assert(own.width > shared.width);
});

Deno.test("featureGrid() keeps a README's width, from one plot to eight", () => {
  for (const columns of [1, 2, 4, 8]) {
    const { width } = draw({ cells: [Array(columns).fill(empty)] });
    assert(width >= 400 && width < (columns < 8 ? 980 : 1300), `${columns}: ${width}`);
  }
});

Deno.test("featureGrid() has one size for all epochs of an animation", () => {
  const sizes = [cell, empty, { ...cell, points: cell.points.map((v) => v / 100) }].map((it) => {
    const frame = draw({ cells: [[it, cell]] });
    return [frame.width, frame.height];
  });
  assertEquals(sizes[1], sizes[2]);
  assertEquals(draw({ cells: [[cell]] }).rgba, draw({ cells: [[cell]] }).rgba);
});

Deno.test("featureGrid() writes titles, captions, and what lies outside", () => {
  const plain = draw();
  for (
    const options of [
      { columnTitles: ["training", "test"] },
      { rowTitles: ["softmax"] },
      { subtitle: "below" },
      { cells: [[{ ...cell, caption: "98.2 % by nearest center" }, cell]] },
    ]
  ) {
    const frame = draw(options);
    assert(frame.width * frame.height > plain.width * plain.height, JSON.stringify(options));
  }
  const far = { ...cell, points: cell.points.with(0, 99) };
  const corner = (of: typeof cell) => {
    const frame = draw({ cells: [[of, of]], cellSize: 200 });
    const [{ left, top }] = plots(frame, 200);
    const window = { left: left + 100, top: top + 184, width: 100, height: 14 };
    return count(frame, [98, 103, 112], { window, tolerance: 40 });
  };
  assert(corner(far) > corner(cell) + 20);
});

Deno.test("featureGrid() writes a class's number at the median of its points, dark on a rim", () => {
  // A cross of points, without one in the middle.
  const points = Float32Array.of(4, 2, 6, 2, 5, 1, 5, 3);
  const one = { points, labels: new Uint8Array(4), range };
  const [plain, numbered] = [false, true].map((classNumbers) =>
    draw({ cells: [[one]], cellSize: 320, classNumbers })
  );
  const [{ left, top }] = plots(numbered, 320);
  const window = {
    left: left + Math.round(13 * 20) - 8,
    top: top + Math.round(6 * 20) - 8,
    width: 16,
    height: 16,
  };
  const dark = [plain, numbered].map((frame) => count(frame, [34, 36, 40], { window }));
  assertEquals(dark[0], 0);
  assert(dark[1] > 8, `${dark[1]}`);
});

Deno.test("featureGrid() keeps class numbers apart where classes fall together", () => {
  const heap = { ...blobs(200, 10, 0, 0.01), centers: undefined, range };
  const dark = (names: string[]) => {
    const frame = draw({ cells: [[heap]], classNames: names, classNumbers: true, cellSize: 320 });
    return count(frame, [34, 36, 40], { window: plots(frame, 320)[0], tolerance: 8 });
  };
  const blank = Array(10).fill(" ");
  const [one, all] = [blank.with(0, "8"), Array(10).fill("8")].map(dark);
  assert(all > 7 * one && one > 10, `${one} dark pixels, then ${all}`);
});

Deno.test("featureGrid() shortens the legend of many classes with long names", () => {
  for (const classes of [26, 100]) {
    const names = Array.from({ length: classes }, (_, k) => `ankle boot, brown, of kind ${k}`);
    const many = { ...blobs(500, classes), range };
    const frame = draw({ cells: [[many, many]], classNames: names, classNumbers: true });
    const few = draw({ cells: [[cell, cell]] });
    assertEquals([frame.width, frame.height - few.height], [few.width, 22]);
    // Nothing is written into the margin at the right.
    const window = { left: frame.width - 20, top: 0, width: 20, height: frame.height };
    assertEquals(count(frame, [255, 255, 255], { window }), 20 * frame.height);
  }
  assertNotEquals(classColor(25), classColor(5));
});

Deno.test("featureGrid() refuses what does not fit together", () => {
  const refuse = (options: Partial<FeatureGridOptions>, type: typeof TypeError, message: string) =>
    assertThrows(() => draw(options), type, message);
  refuse({ cells: [] }, RangeError, "Cannot draw a grid without cells");
  refuse({ cells: [[undefined]] }, RangeError, "Cannot draw a grid without cells");
  refuse({ cells: [[cell, cell], [cell]] }, TypeError, "rows of 2 and of 1 cells");
  refuse({ columnTitles: ["one"] }, TypeError, "Cannot name 2 columns with 1 titles");
  refuse({ rowTitles: [] }, TypeError, "Cannot name 1 rows with 0 titles");
  refuse({ cellSize: 10 }, RangeError, "Cannot draw cells of 10 pixels");
  refuse({ cells: [[{ ...cell, labels: new Uint8Array(3) }]] }, TypeError, "with 3 labels");
  refuse({ cells: [[{ ...cell, centers: new Float32Array(4) }]] }, TypeError, "4 center values");
  refuse({ classNames: ["0"] }, TypeError, "20 center values for 1 classes");
  refuse({ cells: [[{ ...empty, range: { ...range, xMin: NaN } }]] }, RangeError, "finite");
});
