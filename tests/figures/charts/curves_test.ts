import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Frame } from "../../../src/figures/paint/canvas.ts";
import { curves, type CurvesOptions } from "../../../src/figures/charts/curves.ts";
import { classColor } from "../../../src/figures/paint/palette.ts";

function draw(values: number[], panel = {}, options: Partial<CurvesOptions> = {}): Frame {
  return curves({
    title: "test",
    panels: [{ title: "losses", yLabel: "loss", series: [{ name: "loss", values }], ...panel }],
    ...options,
  });
}

/** Columns right of the axis and rows below the legend that hold nearly the first class's colour. */
function painted(frame: Frame): { columns: number; pixels: number } {
  const columns = new Set<number>();
  let pixels = 0;
  for (let y = 130; y < frame.height; y++) {
    for (let x = 0; x < frame.width; x++) {
      const at = (y * frame.width + x) * 4;
      if (!classColor(0).every((value, c) => Math.abs(frame.rgba[at + c] - value) < 30)) continue;
      columns.add(x);
      pixels++;
    }
  }
  return { columns: columns.size, pixels };
}

Deno.test("curves() draws a line over the whole width", () => {
  assert(painted(draw(Array.from({ length: 50 }, (_, i) => 1 / (i + 1)))).columns > 400);
});

Deno.test("curves() marks a single epoch", () => {
  const { pixels, columns } = painted(draw([0.5]));
  assert(pixels > 20 && columns < 10, `${pixels} pixels in ${columns} columns`);
});

Deno.test("curves() leaves a gap where a value is missing", () => {
  const whole = Array.from({ length: 60 }, (_, i) => 2 + Math.cos(i / 20));
  const gap = whole.with(20, NaN).with(21, NaN).with(22, Infinity);
  const [before, after] = [painted(draw(whole)).columns, painted(draw(gap)).columns];
  assert(after < before - 20 && after > before - 60, `${before} columns, then ${after}`);
});

Deno.test("curves() marks a value that stands alone in a long run", () => {
  assert(painted(draw(Array.from({ length: 60 }, (_, i) => i === 30 ? 1 : NaN))).pixels > 20);
});

Deno.test("curves() on a logarithmic axis skips what is not positive", () => {
  assert(painted(draw([1, 0, -1, 0.01, 0.1], { log: true })).pixels > 40);
  assertEquals(painted(draw([0, -1], { log: true })).pixels, 0);
});

Deno.test("curves() draws a dashed line with gaps", () => {
  const values = Array.from({ length: 40 }, (_, i) => i);
  const solid = painted(draw(values)).columns;
  const dashed =
    painted(draw(values, { series: [{ name: "loss", values, dashed: true }] })).columns;
  assert(dashed < 0.75 * solid && dashed > 0.3 * solid, `${dashed} of ${solid} columns`);
});

Deno.test("curves() survives no values and flat values", () => {
  assertEquals(painted(draw([])).pixels, 0);
  assertEquals(painted(draw([NaN, NaN])).pixels, 0);
  assert(painted(draw([0, 0, 0])).pixels > 0);
  assert(painted(draw([7, 7, 7], { log: true })).pixels > 0);
});

Deno.test("curves() refuses no panels and no room", () => {
  assertThrows(() => curves({ title: "none", panels: [] }), RangeError, "without panels");
  assertThrows(() => draw([1], {}, { size: { width: 120, height: 100 } }), RangeError, "larger");
});
