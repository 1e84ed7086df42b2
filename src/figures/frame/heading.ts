import type { Frame } from "../paint/canvas.ts";
import { quiet } from "./plot_area.ts";
import { drawText, fitText, textSize } from "../paint/text.ts";

/** Writes a figure's two lines from column `left` on, shortened where they do not fit. */
export function drawHeading(frame: Frame, left: number, title: string, subtitle?: string): void {
  const room = frame.width - left - 16;
  drawText(frame, fitText(title, room, textSize.title), left, 38, { size: textSize.title });
  if (subtitle) drawText(frame, fitText(subtitle, room), left, 64, { color: quiet });
}
