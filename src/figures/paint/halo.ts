import { type Frame, type Rgb, white } from "./canvas.ts";
import { drawText, type TextStyle } from "./text.ts";

/** Writes a line of text as `drawText` does, with a rim around its letters that holds on dots. */
export function drawHaloText(
  frame: Frame,
  text: string,
  x: number,
  y: number,
  style: TextStyle & { halo?: Rgb } = {},
): void {
  const { halo = white, ...rest } = style;
  for (const [dx, dy] of rim) drawText(frame, text, x + dx, y + dy, { ...rest, color: halo });
  drawText(frame, text, x, y, rest);
}

/** Offsets within two and a quarter pixels. */
const rim = Array.from({ length: 25 }, (_, i) => [i % 5 - 2, Math.floor(i / 5) - 2])
  .filter(([dx, dy]) => Math.hypot(dx, dy) < 2.3);
