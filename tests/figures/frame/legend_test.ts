import { assert, assertEquals } from "@std/assert";
import { drawLegend } from "../../../src/figures/frame/legend.ts";
import { quiet } from "../../../src/figures/frame/plot_area.ts";
import { centerSymbol } from "../../../src/figures/frame/symbols.ts";
import { newFrame } from "../../../src/figures/paint/canvas.ts";
import { drawText, textSize } from "../../../src/figures/paint/text.ts";
import { panelLegend } from "../../../src/figures/charts/panel_legend.ts";

Deno.test("drawLegend() beside a low plot counts all classes, and no more", () => {
  const plot = { left: 84, top: 84, width: 100, height: 20 }, { small: size } = textSize;
  const names = Array.from({ length: 10 }, (_, k) => `class ${k}`);
  const drawn = newFrame(320, 240), wanted = newFrame(320, 240);
  drawLegend(drawn, plot, 136, names, [centerSymbol]);
  drawText(wanted, "and 10 more", 84 + 100 + 20 + 22, 84 + 8 + 5, { size, color: quiet });
  let inked = 0;
  wanted.rgba.forEach((value, i) => {
    if (value === 255) return;
    inked++;
    assertEquals(drawn.rgba[i], value);
  });
  assert(inked > 100);
});

Deno.test("panelLegend() shortens a name that is wider than the panel", () => {
  const series = [{ name: "a name that is much too long ".repeat(4), values: [1] }];
  const frame = newFrame(400, 40);
  panelLegend(series, 200).draw(frame, 0, 20);
  const beyond = frame.rgba.filter((value, i) => i / 4 % 400 >= 200 && value < 255);
  assertEquals(beyond.length, 0);
});
