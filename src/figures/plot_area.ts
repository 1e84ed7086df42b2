import { type Axis, position, tickLabels } from "./axis.ts";
import type { Frame, Rgb } from "./canvas.ts";
import { type Context, contextOf, styleOf } from "./pureimage.ts";
import { drawText, textSize, textWidth } from "./text.ts";

/** The rectangle between the axes, in whole pixels of the frame. */
export interface PlotArea {
  /** First column. */
  readonly left: number;
  /** First row. */
  readonly top: number;
  /** Columns. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
}

/** The colour of labels that should stand back behind the data. */
export const quiet: Rgb = [98, 103, 112];

const gridColor: Rgb = [236, 238, 241];
const zeroColor: Rgb = [205, 209, 215];
const borderColor: Rgb = [186, 191, 199];

/** Draws grid, zero lines, border, tick labels and the names of the two axes. */
export function drawAxes(
  frame: Frame,
  area: PlotArea,
  x: Axis & { name: string },
  y: Axis & { name: string },
): void {
  const { left, top, width, height } = area;
  const bottom = top + height;
  const columns = x.ticks.map((tick) => left + Math.round(position(x, tick) * width));
  const rows = y.ticks.map((tick) => bottom - Math.round(position(y, tick) * height));
  const context = contextOf(frame);
  for (const color of [gridColor, zeroColor]) {
    context.fillStyle = styleOf(color);
    const wanted = (tick: number) => (tick === 0) === (color === zeroColor);
    x.ticks.forEach((tick, i) => wanted(tick) && context.fillRect(columns[i], top, 1, height));
    y.ticks.forEach((tick, i) => wanted(tick) && context.fillRect(left, rows[i], width, 1));
  }
  drawBorder(context, area);
  const text = { color: quiet, size: textSize.normal };
  tickLabels(x).forEach((label, i) =>
    drawText(frame, label, columns[i] + 0.5, bottom + 19, { ...text, align: "center" })
  );
  const yLabels = tickLabels(y);
  yLabels.forEach((label, i) =>
    drawText(frame, label, left - 8, rows[i] + 5, { ...text, align: "right" })
  );
  drawText(frame, x.name, left + width / 2, bottom + 41, { ...text, align: "center" });
  const widest = Math.max(0, ...yLabels.map((label) => textWidth(label)));
  drawText(frame, y.name, left - Math.max(46, widest + 14), top + height / 2, {
    ...text,
    align: "center",
    upwards: true,
  });
}

/** A line of one pixel around the outside of the area. */
function drawBorder(context: Context, { left, top, width, height }: PlotArea): void {
  context.fillStyle = styleOf(borderColor);
  // Not strokeRect, which leaves out the last corner.
  for (const x of [left - 1, left + width]) context.fillRect(x, top - 1, 1, height + 2);
  for (const y of [top - 1, top + height]) context.fillRect(left - 1, y, width + 2, 1);
}
