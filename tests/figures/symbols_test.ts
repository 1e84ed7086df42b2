import { assert, assertEquals } from "@std/assert";
import { newFrame, white } from "../../src/figures/paint/canvas.ts";
import { drawCenter } from "../../src/figures/frame/center.ts";
import { drawHaloText } from "../../src/figures/paint/halo.ts";
import { drawMark } from "../../src/figures/frame/mark.ts";
import { classColor } from "../../src/figures/paint/palette.ts";
import { drawCornerNote } from "../../src/figures/frame/plot_area.ts";
import { ink } from "../../src/figures/paint/text.ts";
import { colorAt, like, spot } from "./pixels.ts";

const backdrop = classColor(3);

Deno.test("drawCenter() is white in a dark rim, drawMark() dark in a white ring", () => {
  const frame = newFrame(60, 30, backdrop);
  drawCenter(frame, 15, 15);
  drawMark(frame, 45, 15);
  assertEquals([15, 20, 45, 50].map((x) => colorAt(frame, x, 14)[0] > 128), [
    ...[true, false],
    ...[false, true],
  ]);
  assertEquals(colorAt(frame, 30, 14), [...backdrop]);
});

Deno.test("drawCenter() grows with its scale", () => {
  const pixels = [0.5, 1, 2].map((scale) => {
    const frame = newFrame(60, 60, backdrop);
    drawCenter(frame, 30, 30, scale);
    return spot(frame, (color) => !like(backdrop, 8)(color)).pixels;
  });
  assert(pixels[1] > 3 * pixels[0] && pixels[2] > 3 * pixels[1], `${pixels}`);
});

Deno.test("drawMark() has a ring in the colour of its class outside of the white one", () => {
  const frame = newFrame(30, 30);
  drawMark(frame, 15, 15, backdrop);
  assert(like(ink, 1)(colorAt(frame, 15, 15)));
  assert(Math.min(...colorAt(frame, 15, 19)) > 150, "white, mixed with both");
  assert(like(backdrop, 8)(colorAt(frame, 15, 21)));
});

Deno.test("drawHaloText() has a rim in another colour around its letters", () => {
  const [plain, dark] = [newFrame(80, 40, backdrop), newFrame(80, 40, backdrop)];
  drawHaloText(plain, "840", 40, 26, { align: "center" });
  drawHaloText(dark, "840", 40, 26, { align: "center", color: white, halo: ink });
  for (const [frame, letters, rim] of [[plain, ink, white], [dark, white, ink]] as const) {
    const [inner, outer] = [letters, rim].map((color) => spot(frame, like(color, 60)));
    assert(inner.pixels > 20 && outer.pixels > inner.pixels);
    assert(Math.abs(inner.x - 40) < 2 && Math.abs(outer.x - 40) < 2);
  }
});

Deno.test("drawCornerNote() writes into the lower right corner, inside the area", () => {
  const frame = newFrame(200, 100, backdrop);
  const area = { left: 20, top: 10, width: 150, height: 80 };
  drawCornerNote(frame, area, "");
  const changed = (color: number[]) => !like(backdrop, 0)(color);
  assertEquals(spot(frame, changed).pixels, 0);
  drawCornerNote(frame, area, "a note that is far too long for an area of 150 pixels");
  const { pixels } = spot(frame, changed);
  assert(pixels > 1500);
  assertEquals(spot(frame, changed, [20, 72, 170, 90]).pixels, pixels);
});
