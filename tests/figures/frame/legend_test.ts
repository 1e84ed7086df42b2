import { assert, assertEquals } from "@std/assert";
import { newFrame } from "../../../src/figures/paint/canvas.ts";
import { centerSymbol } from "../../../src/figures/frame/center.ts";
import { drawLegend, type LegendSymbol } from "../../../src/figures/frame/legend.ts";
import { drawMark } from "../../../src/figures/frame/mark.ts";
import { classColor } from "../../../src/figures/paint/palette.ts";
import { like, spot } from "../pixels.ts";

const room = { left: 0, top: 0, width: 110, height: 300 };

function draw(count: number, symbols: LegendSymbol[] = []) {
  const frame = newFrame(110, 300);
  drawLegend(frame, room, Array.from({ length: count }, (_, k) => `class ${k}`), symbols);
  return frame;
}

Deno.test("drawLegend() has symbols below the classes, in their order", () => {
  const seen: number[][] = [];
  const symbol = (name: string): LegendSymbol => ({ name, draw: (_, x, y) => seen.push([x, y]) });
  draw(3, [symbol("center"), symbol("a name of two lines"), symbol("last")]);
  assertEquals(seen, [[7, 92], [7, 116], [7, 156]]);
});

Deno.test("drawLegend() moves many classes together, and leaves the symbols their room", () => {
  for (const count of [10, 14, 26, 200]) {
    const frame = draw(count, [centerSymbol, { name: "most certain sample", draw: drawMark }]);
    const dot = spot(frame, like(classColor(0), 2), [0, 0, 15, 30]);
    assert(dot.pixels > 30, `${count} classes`);
    const black = spot(frame, like([34, 36, 40], 2), [2, 150, 13, 300]);
    assert(black.pixels > 40, `${count} classes`);
  }
});
