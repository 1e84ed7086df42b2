import { onlyOptions } from "../../base/choice.ts";
import { type Axis, linearAxis, position } from "../frame/axis.ts";
import { drawHeading, type Heading, widthFor } from "../frame/heading.ts";
import { panelWidthOf } from "../frame/panel_width.ts";
import { drawAxes, type PlotArea, quiet } from "../frame/plot_area.ts";
import { fillDisc, type Frame, newFrame, type Rgb, white } from "../paint/canvas.ts";
import { classColor } from "../paint/palette.ts";
import { drawHaloText, drawText, shortenText, textSize, textWidth } from "../paint/text.ts";

/** Points of one colour. */
export interface ScatterSeries {
  /** Name in the legend. */
  name: string;
  /** What belongs to it there, such as a correlation: beside the name, or below where panels of the default size have no room. */
  note?: string;
  /** Colour; `classColor(i)` for the i-th series without one. */
  color?: Rgb;
  /** What is not finite is left out. A name is written beside its point where there is room. */
  points: readonly { x: number; y: number; name?: string }[];
}

/** One chart among those side by side. */
export interface ScatterPanel {
  /** Heading, such as the name of a data set. */
  title: string;
  /** In drawing order. */
  series: readonly ScatterSeries[];
}

/** What {@linkcode scatter} draws. */
export interface ScatterOptions extends Heading {
  /** Charts from left to right; all have the same horizontal axis, and each a vertical one of its own. */
  panels: readonly ScatterPanel[];
  /** Name and unit of the horizontal axis. */
  xLabel: string;
  /** Name and unit of the vertical axes. */
  yLabel: string;
  /** Pixels; default 600 a panel, of three or more 400, x 560, or as large as heading and legends need. */
  size?: { width: number; height: number };
}

/** Room left and right of each plot, below it, and above its legend. */
const margin = { left: 84, right: 24, bottom: 60, top: 126 };
const LINE = 20, RADIUS = 4;

/** Pixels that a plot is high at least where no size is given. */
const LEAST_PLOT = 300;

/** Pixels from the dot to a name of the legend, and from there to its note. */
const INDENT = 16, GAP = 14;

/**
 * Draws points in charts side by side, with a legend a line above each. Both axes start at zero where no value is below it.
 *
 * @throws {RangeError} Without panels, or when there is no room for them.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { scatter } from "../../../figures.ts";
 *
 * const points = [{ x: 0.4, y: 31, name: "4, 9" }, { x: 1.2, y: 2 }];
 * const frame = scatter({
 *   title: "cent-mnist-2",
 *   panels: [{ title: "center loss", series: [{ name: "mnist", points }] }],
 *   xLabel: "distance",
 *   yLabel: "confusions",
 * });
 * assertEquals([frame.width, frame.height], [600, 560]);
 * ```
 */
export function scatter(options: ScatterOptions): Frame {
  const given = onlyOptions("draw a scatter", options, [
    "panels",
    "title",
    "subtitle",
    "xLabel",
    "yLabel",
    "size",
  ]);
  const { panels, xLabel, yLabel } = given;
  if (panels.length === 0) {
    throw new RangeError("Cannot draw a scatter plot without panels: give at least one");
  }
  const all = panelWidthOf(panels.length) * panels.length;
  const { width } = options.size ?? { width: Math.max(all, widthFor(options, margin.left)) };
  const plotWidth = Math.floor(width / panels.length) - margin.left - margin.right;
  const below = !options.size &&
    panels.some(({ series }) => series.some((one) => isWide(one, plotWidth)));
  const most = Math.max(...panels.map(({ series }) => series.length));
  const top = margin.top + LINE * most * (below ? 2 : 1) - 8;
  const { height } = options.size ??
    { height: Math.max(560, top + LEAST_PLOT + margin.bottom) };
  const plot = { top, width: plotWidth, height: height - top - margin.bottom };
  if (plot.width < 100 || plot.height < 60) {
    throw new RangeError(
      `Cannot draw ${panels.length} panels in ${width} x ${height} pixels: make the frame larger`,
    );
  }
  const frame = newFrame(width, height);
  drawHeading(frame, margin.left, options);
  const drawn = panels.map(({ series }) => series.flatMap(({ points }) => points.filter(isDrawn)));
  const x = { ...axisOf(drawn.flat().map((point) => point.x), plot.width), name: xLabel };
  panels.forEach((panel, i) => {
    const y = { ...axisOf(drawn[i].map((point) => point.y), plot.height), name: yLabel };
    const left = i * Math.floor(width / panels.length) + margin.left;
    drawPanel(frame, { ...plot, left }, panel, { x, y }, below);
  });
  return frame;
}

/** Whether a note does not fit beside its name. */
function isWide({ name, note }: ScatterSeries, width: number): boolean {
  return note !== undefined && INDENT + textWidth(name) + GAP + textWidth(note) > width;
}

function isDrawn({ x, y }: { x: number; y: number }): boolean {
  return Number.isFinite(x) && Number.isFinite(y);
}

/** @param pixels Its length, for as many ticks as have room. */
function axisOf(values: readonly number[], pixels: number): Axis {
  if (values.length === 0) return { min: 0, max: 1, log: false, ticks: [] };
  let min = Infinity, max = -Infinity; // a loop: of too many arguments, Math.min() throws
  for (const value of values) [min, max] = [Math.min(min, value), Math.max(max, value)];
  if (min === 0 && max === 0) max = 1;
  const air = 0.06 * (max - Math.min(0, min)) || 1;
  // A little below zero, so that what lies on the axis is a whole disc.
  return linearAxis(min >= 0 ? -air / 2 : min - air, max + air, Math.min(8, pixels / 50));
}

function drawPanel(
  frame: Frame,
  area: PlotArea,
  { title, series }: ScatterPanel,
  { x, y }: Record<"x" | "y", Axis & { name: string }>,
  below: boolean,
): void {
  const { left, top, width, height } = area;
  drawText(frame, title, left, 96, { size: textSize.heading });
  series.forEach(({ name, note, ...own }, i) => {
    const baseline = margin.top + LINE * i * (below ? 2 : 1) - 4, from = left + INDENT;
    fillDisc(frame, left + 5, baseline - 4.5, RADIUS, own.color ?? classColor(i));
    drawText(frame, shortenText(name, width - INDENT), from, baseline);
    const at = below ? from : from + textWidth(name) + GAP, line = baseline + (below ? LINE : 0);
    if (note) drawText(frame, shortenText(note, left + width - at), at, line, { color: quiet });
  });
  drawAxes(frame, area, x, y);
  const placed = series.flatMap(({ points, color }, i) =>
    points.filter(isDrawn).map((point) => ({
      name: point.name,
      color: color ?? classColor(i),
      px: left + position(x, point.x) * width,
      py: top + (1 - position(y, point.y)) * height,
    }))
  );
  for (const { px, py, color } of placed) {
    fillDisc(frame, px, py, RADIUS + 1, white, 0.7);
    fillDisc(frame, px, py, RADIUS, color, 0.85);
  }
  drawNames(frame, area, placed);
  if (placed.length === 0) {
    drawText(frame, "no values", left + width / 2, top + height / 2, {
      color: quiet,
      align: "center",
    });
  }
}

/** Names beside their points; one that would cover a point or another name is left out. */
function drawNames(
  frame: Frame,
  { left, top, width, height }: PlotArea,
  placed: readonly { name?: string; px: number; py: number }[],
): void {
  const size = textSize.small, half = size / 2 + 1, gap = RADIUS + 4;
  const taken = placed.map(({ px, py }) => ({
    ...{ x0: px - RADIUS, x1: px + RADIUS, y0: py - RADIUS, y1: py + RADIUS },
  }));
  for (const { name, px, py } of placed) {
    if (!name) continue;
    const wide = textWidth(name, size), above = half + gap - 1;
    const boxes = [[px + gap, py], [px - gap - wide, py], [px - wide / 2, py - above], [
      px - wide / 2,
      py + above,
    ]].map(([x, y]) => ({ x0: x, x1: x + wide, y0: y - half, y1: y + half }));
    const box = boxes.find(({ x0, x1, y0, y1 }) =>
      x0 >= left + 4 && x1 <= left + width - 4 && y0 >= top + 4 && y1 <= top + height - 4 &&
      !taken.some((other) => x0 < other.x1 && x1 > other.x0 && y0 < other.y1 && y1 > other.y0)
    );
    if (!box) continue;
    taken.push({ ...box, x0: box.x0 - 4, x1: box.x1 + 4 });
    drawHaloText(frame, name, box.x0, (box.y0 + box.y1) / 2 + 0.36 * size, { size });
  }
}
