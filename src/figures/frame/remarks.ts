import type { Frame } from "../paint/canvas.ts";
import { drawText, textSize } from "../paint/text.ts";
import { quiet } from "./plot_area.ts";

/** Points that a figure does not show. */
export interface Hidden {
  /** Beyond what it shows. */
  outside: number;
  /** Infinite, or not a number. */
  notFinite: number;
}

/** What a figure of `count` samples leaves out, in words; empty where it shows everything. */
export function remarks(count: number, points: Hidden, centers?: Hidden, marks?: Hidden): string {
  if (count === 0) return "no samples";
  const parts = [];
  const all = count.toLocaleString("en-US");
  if (points.outside) parts.push(`${points.outside.toLocaleString("en-US")} of ${all} outside`);
  if (points.notFinite) parts.push(`${points.notFinite.toLocaleString("en-US")} not finite`);
  const hidden = centers ? centers.outside + centers.notFinite : 0;
  if (hidden) parts.push(`${hidden} ${hidden === 1 ? "center" : "centers"} outside`);
  const unmarked = marks ? marks.outside + marks.notFinite : 0;
  if (unmarked) parts.push(`${unmarked} ${unmarked === 1 ? "mark" : "marks"} outside`);
  return parts.join(" · ");
}

/** Writes remarks into the lower right corner of a figure, `bottom` pixels above its edge. */
export function drawRemarks(frame: Frame, text: string, bottom: number): void {
  const style = { size: textSize.small, color: quiet, align: "right" } as const;
  drawText(frame, text, frame.width - 16, frame.height - bottom, style);
}
