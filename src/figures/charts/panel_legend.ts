import type { Frame } from "../paint/canvas.ts";
import { type Panel, strokeOf } from "./series.ts";
import { strokeLine, type StrokeStyle } from "../paint/stroke.ts";
import { drawText, textWidth } from "../paint/text.ts";

/** Pixels between the baselines of two rows. */
export const legendStep = 20;

/** One series in the legend. */
export interface LegendEntry {
  /** What it is called. */
  name: string;
  /** How its line looks. */
  style: StrokeStyle;
  /** Pixels from the start of the row. */
  left: number;
}

/** The legend of a panel, broken into rows that fit `width` pixels. */
export function legendRows(panel: Panel, width: number): LegendEntry[][] {
  const rows: LegendEntry[][] = [[]];
  let left = 0;
  panel.series.forEach((series, i) => {
    const entryWidth = 32 + textWidth(series.name);
    if (left > 0 && left + entryWidth > width) {
      rows.push([]);
      left = 0;
    }
    rows[rows.length - 1].push({ name: series.name, style: strokeOf(series, i), left });
    left += entryWidth + 18;
  });
  return rows;
}

/** Draws the legend; the baseline of its first row is at `top`. */
export function drawPanelLegend(
  frame: Frame,
  panel: Panel,
  { left, top, width }: { left: number; top: number; width: number },
): void {
  legendRows(panel, width).forEach((row, i) => {
    const baseline = top + i * legendStep;
    for (const { name, style, left: indent } of row) {
      const start = left + indent;
      strokeLine(frame, [[start + 1, baseline - 4.5], [start + 25, baseline - 4.5]], style);
      drawText(frame, name, start + 32, baseline);
    }
  });
}
