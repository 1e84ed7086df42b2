/** What figures are made of, and sheets of images. */
import { atMedians, drawNames } from "../../../src/figures/frame/class_labels.ts";
import { drawLegend } from "../../../src/figures/frame/legend.ts";
import { legendStrip } from "../../../src/figures/frame/legend_strip.ts";
import { drawCornerNote } from "../../../src/figures/frame/plot_area.ts";
import { centerSymbol, drawCenter, drawMark } from "../../../src/figures/frame/symbols.ts";
import { type Frame, newFrame } from "../../../src/figures/paint/canvas.ts";
import { hairline } from "../../../src/figures/paint/hairline.ts";
import { classColor } from "../../../src/figures/paint/palette.ts";
import { strokeLine } from "../../../src/figures/paint/stroke.ts";
import {
  drawHaloText,
  drawText,
  ink,
  shortenText,
  textSize,
  wrapText,
} from "../../../src/figures/paint/text.ts";
import { sprite } from "../../../src/figures/sprite.ts";
import { clothes, colorImages, digits, letters, numbered } from "./samples.ts";

/** A frame with what `paint` paints on it. */
function sketch(width: number, height: number, paint: (frame: Frame) => void): Frame {
  const frame = newFrame(width, height);
  paint(frame);
  return frame;
}

function text(frame: Frame): void {
  Object.values(textSize).forEach((size, i) => {
    drawText(frame, `Ag – λ = 0.5, Δ ≤ 3 → −1, AVA ${size}`, 10, 25 + 26 * i, {
      size,
    });
  });
  const accents = "ÄÖÜß éèêë ñç łđ ŽŠĆ Ð Þ ø å";
  drawText(frame, `${accents}, A\u0308 of two, \u65e5\u672c missing`, 10, 140);
  (["left", "center", "right"] as const).forEach((align, i) => {
    drawText(frame, `aligned ${align}`, 280, 165 + 20 * i, { align });
  });
  drawText(frame, "upwards", 20, 310, { upwards: true });
  drawText(frame, "middle", 45, 270, { upwards: true, align: "center", color: classColor(3) });
  drawText(frame, "beyond the left edge", -40, 215);
  drawText(frame, "beyond the right edge", 400, 215);
  drawText(frame, shortenText("a text that is far too long for its place", 150), 80, 250);
  wrapText("most certain sample of its class, an unbreakablewordthatislong", 110)
    .forEach((line, i) => drawText(frame, line, 250, 250 + 17 * i));
}

function symbols(frame: Frame): void {
  for (let y = 0; y < 150; y += 2) hairline(frame, [0, y], [180, y], classColor(3));
  [0.5, 1, 2].forEach((scale, i) => drawCenter(frame, 20 + 30 * i, 30, scale));
  drawMark(frame, 130, 30);
  drawMark(frame, 160, 30, classColor(2));
  drawHaloText(frame, "840", 60, 80, { size: textSize.heading, align: "center" });
  drawHaloText(frame, "violet", 120, 80, { color: classColor(4) });
  const area = { left: 20, top: 95, width: 150, height: 50 };
  drawCornerNote(frame, area, "16 of 16 outside · a note that is far too long for its area");
  drawCornerNote(frame, { ...area, left: 190 }, "");
}

function lines(frame: Frame): void {
  const blue = { width: 4, color: classColor(0) };
  strokeLine(frame, [[10, 60], [60, 100], [110, 20], [130, 110], [20, 80]], blue);
  const dashed = { width: 2, color: classColor(4), dash: [6, 5] } as const;
  strokeLine(frame, [[-10, 135], [100, 128], [170, 20], [260, 18]], dashed);
  strokeLine(frame, [[150, 110], [250, 112.2]], { width: 1, color: ink });
  for (let k = 0; k < 24; k++) {
    const [x, y] = [Math.cos(k * Math.PI / 12), Math.sin(k * Math.PI / 12)];
    hairline(frame, [210 + 8 * x, 60 + 8 * y], [210 + 34 * x, 60 + 34 * y], ink);
  }
  hairline(frame, [-50, 140.5], [400, 120.5], classColor(2));
}

/** Names at medians, moved off one another, off obstacles and off the edge, or left out. */
function classLabels(frame: Frame): void {
  const dots = [[60, 60, 0], [60, 60, 1], [61, 60, 2], [281, 20, 3], [150, 100, 4], [152, 102, 4]];
  dots.push([280, 200, 4], [60, 160, 5], [200, 160, 6]);
  const obstacles = [{ x: 60, y: 160, radius: 12 }, { x: 200, y: 160, radius: 45 }];
  for (const [x, y] of dots) drawCenter(frame, x, y, 0.3);
  for (const { x, y, radius } of obstacles) drawCenter(frame, x, y, radius / 7);
  const [x, y] = [0, 1].map((c) => Float32Array.from(dots, (dot) => dot[c]));
  const area = { left: 10, top: 10, width: 280, height: 200 };
  const names = ["8", "9", "bag", "at the edge", "median", "aside", "no place", "no dots"];
  const anchors = atMedians({ x, y, label: dots.map((dot) => dot[2]) }, names);
  drawNames(frame, area, anchors, obstacles);
}

function legends(frame: Frame): void {
  const below = [centerSymbol, { name: "most certain sample", draw: drawMark }];
  [clothes, letters].forEach((names, i) => {
    drawLegend(frame, { left: 120 * i - 10, top: 10, width: 0, height: 310 }, 132, names, below);
  });
  let top = 20;
  for (const names of [digits, clothes.slice(0, 6), letters, numbered(40)]) {
    const strip = legendStrip(names, [centerSymbol], 300);
    strip.draw(frame, 250, top);
    top += 22 * strip.rows + 31;
  }
}

export const parts: Record<string, () => Frame> = {
  "text": () => sketch(480, 320, text),
  "symbols": () => sketch(180, 150, symbols),
  "lines": () => sketch(260, 145, lines),
  "class-labels": () => sketch(300, 220, classLabels),
  "legends": () => sketch(570, 370, legends),
  "sprite": () => sprite(colorImages(5)),
};
