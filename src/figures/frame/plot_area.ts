import { type Axis, position, tickLabels } from "./axis.ts";
import { fillRectangle, type Frame, type Rectangle, type Rgb, white } from "../paint/canvas.ts";
import { drawText, shortenText, textSize, textWidth } from "../paint/text.ts";

/** The rectangle between the axes. */
export type PlotArea = Rectangle;

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
  drawGrid(frame, area, x, y);
  drawTicksBelow(frame, area, x);
  drawTicksLeft(frame, area, y);
  const text = { color: quiet, align: "center" } as const;
  drawText(frame, x.name, left + width / 2, top + height + 41, text);
  const widest = Math.max(0, ...tickLabels(y).map((label) => textWidth(label)));
  const column = left - Math.max(46, widest + 14), up = { ...text, upwards: true };
  drawText(frame, shortenText(y.name, height), column, top + height / 2, up);
}

/** Draws the lines of the axes without any text: grid, zero lines and border. */
export function drawGrid(frame: Frame, area: PlotArea, x: Axis, y: Axis): void {
  for (const color of [gridColor, zeroColor]) {
    const wanted = (tick: number) => (tick === 0) === (color === zeroColor);
    for (const tick of x.ticks.filter(wanted)) {
      fillRectangle(frame, { ...area, left: columnOf(area, x, tick), width: 1 }, color);
    }
    for (const tick of y.ticks.filter(wanted)) {
      fillRectangle(frame, { ...area, top: rowOf(area, y, tick), height: 1 }, color);
    }
  }
  drawBorder(frame, area);
}

/** Writes the tick labels of a horizontal axis below the area. */
export function drawTicksBelow(
  frame: Frame,
  area: PlotArea,
  axis: Axis,
  size: number = textSize.normal,
): void {
  const baseline = area.top + area.height + Math.round(size + 6);
  tickLabels(axis).forEach((label, i) => {
    const column = columnOf(area, axis, axis.ticks[i]) + 0.5;
    drawText(frame, label, column, baseline, { size, color: quiet, align: "center" });
  });
}

/** Writes the tick labels of a vertical axis left of the area. */
export function drawTicksLeft(
  frame: Frame,
  area: PlotArea,
  axis: Axis,
  size: number = textSize.normal,
): void {
  tickLabels(axis).forEach((label, i) => {
    const baseline = rowOf(area, axis, axis.ticks[i]) + Math.round(0.36 * size);
    drawText(frame, label, area.left - 8, baseline, { size, color: quiet, align: "right" });
  });
}

function columnOf({ left, width }: PlotArea, axis: Axis, value: number): number {
  return left + Math.round(position(axis, value) * width);
}

function rowOf({ top, height }: PlotArea, axis: Axis, value: number): number {
  return top + height - Math.round(position(axis, value) * height);
}

/** A line of one pixel around the outside of the area. */
function drawBorder(frame: Frame, { left, top, width, height }: PlotArea): void {
  for (const x of [left - 1, left + width]) {
    fillRectangle(frame, { left: x, top: top - 1, width: 1, height: height + 2 }, borderColor);
  }
  for (const y of [top - 1, top + height]) {
    fillRectangle(frame, { left: left - 1, top: y, width: width + 2, height: 1 }, borderColor);
  }
}

/**
 * Writes a remark into the lower right corner of the area, on a pale plate that covers dots. Where it does not fit, each of its
 * parts, which dots separate, has a line.
 */
export function drawCornerNote(frame: Frame, area: PlotArea, note: string): void {
  if (note === "") return;
  const size = textSize.small, room = area.width - 12;
  const parts = textWidth(note, size) <= room ? [note] : note.split(" · ");
  const lines = parts.map((part) => shortenText(part, room, size));
  const [right, bottom] = [area.left + area.width, area.top + area.height];
  const left = Math.floor(right - Math.max(...lines.map((it) => textWidth(it, size))) - 10);
  const height = 4 + 14 * lines.length;
  fillRectangle(
    frame,
    { left, top: bottom - height, width: right - left, height },
    white,
    0.85,
  );
  lines.forEach((line, i) => {
    const baseline = bottom - 6 - 14 * (lines.length - 1 - i);
    drawText(frame, line, right - 5, baseline, { size, color: quiet, align: "right" });
  });
}
