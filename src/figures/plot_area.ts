import { type Axis, position, tickLabels } from "./axis.ts";
import { fillRect, type Frame, type Rgb } from "./canvas.ts";
import { drawText, textSize } from "./text.ts";

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
  for (const color of [gridColor, zeroColor]) {
    const wanted = (tick: number) => (tick === 0) === (color === zeroColor);
    x.ticks.forEach((tick, i) =>
      wanted(tick) && fillRect(frame, columns[i], top, 1, height, color)
    );
    y.ticks.forEach((tick, i) => wanted(tick) && fillRect(frame, left, rows[i], width, 1, color));
  }
  drawBorder(frame, area);
  const text = { color: quiet, size: textSize.normal };
  tickLabels(x).forEach((label, i) =>
    drawText(frame, label, columns[i] + 0.5, bottom + 19, { ...text, align: "center" })
  );
  tickLabels(y).forEach((label, i) =>
    drawText(frame, label, left - 8, rows[i] + 5, { ...text, align: "right" })
  );
  drawText(frame, x.name, left + width / 2, bottom + 41, { ...text, align: "center" });
  drawText(frame, y.name, left - 46, top + height / 2, { ...text, align: "center", upwards: true });
}

/** A line of one pixel around the outside of the area. */
function drawBorder(frame: Frame, { left, top, width, height }: PlotArea): void {
  fillRect(frame, left - 1, top - 1, width + 2, 1, borderColor);
  fillRect(frame, left - 1, top + height, width + 2, 1, borderColor);
  fillRect(frame, left - 1, top - 1, 1, height + 2, borderColor);
  fillRect(frame, left + width, top - 1, 1, height + 2, borderColor);
}
