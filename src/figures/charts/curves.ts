import { onlyOptions } from "../../base/choice.ts";
import { type Frame, newFrame } from "../paint/canvas.ts";
import { drawHeading } from "../frame/heading.ts";
import { panelWidthOf } from "../frame/panel_width.ts";
import { drawPanel, valueAxis } from "./panel.ts";
import { panelLegend } from "./panel_legend.ts";
import { type Panel, type Series, strokeOf } from "./series.ts";

/** What {@linkcode curves} draws. */
export interface CurvesOptions {
  /** Charts from left to right. */
  panels: readonly Panel[];
  /** Line above all panels. */
  title: string;
  /** Second line. */
  subtitle?: string;
  /** Whether each panel has a legend of its own, or one with the series of all stands above them; default "each". */
  legend?: "each" | "once";
  /** Whether each panel has a vertical axis that fits its own values, or all panels have one that fits all; default "own". */
  yAxis?: "own" | "common";
  /** Name of the horizontal axis; default "epoch". */
  xLabel?: string;
  /** What the first value of each series stands at; default 1. */
  firstEpoch?: number;
  /** Pixels; default 600 a panel, of three or more 400, x 480, or as high as a long legend needs. */
  size?: { width: number; height: number };
}

/**
 * Draws line charts over the epochs, side by side with their legends on top.
 *
 * Short runs and values without neighbours get markers, so that one epoch already shows. Throws a
 * `RangeError` without panels or when there is no room for them.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { curves } from "../../../figures.ts";
 *
 * const frame = curves({
 *   title: "cent-mnist-2",
 *   panels: [{ title: "loss", yLabel: "loss", series: [{ name: "training", values: [2.3, 0.4] }] }],
 * });
 * assertEquals([frame.width, frame.height], [600, 480]);
 * ```
 */
export function curves(options: CurvesOptions): Frame {
  const given = onlyOptions("draw curves", options, [
    "panels",
    "title",
    "subtitle",
    "legend",
    "yAxis",
    "xLabel",
    "firstEpoch",
    "size",
  ]);
  const { panels, title, subtitle, legend = "each", xLabel = "epoch", firstEpoch = 1 } = given;
  if (panels.length === 0) {
    throw new RangeError("Cannot draw curves without panels: give at least one");
  }
  const { width } = options.size ?? { width: panelWidthOf(panels.length) * panels.length };
  const panelWidth = Math.floor(width / panels.length);
  // All plots start and end at the same rows, whatever the length of their legends.
  const plotWidth = panelWidth - margin.left - margin.right;
  const once = legend === "once"
    ? panelLegend(seriesOfAll(panels), width - margin.left - margin.right)
    : undefined;
  const below = subtitle === undefined ? 48 : 74;
  const heading = once ? below + once.height + 44 : below + 32;
  const legends = once ? [0] : panels.map(({ series }) => panelLegend(series, plotWidth).height);
  const top = heading + 26 + Math.max(...legends);
  const { height } = options.size ?? { height: Math.max(480, top + LEAST_PLOT + BELOW) };
  if (plotWidth < 100 || height - top - BELOW < 60) {
    throw new RangeError(
      `Cannot draw ${panels.length} panels in ${width} x ${height} pixels: make the frame larger`,
    );
  }
  const frame = newFrame(width, height);
  drawHeading(frame, margin.left, { title, subtitle });
  once?.draw(frame, margin.left, below + 22);
  const common = given.yAxis === "common"
    ? valueAxis(panels.flatMap(({ series }) => series), panels.every(({ log }) => log))
    : undefined;
  panels.forEach((panel, i) => {
    const left = i * panelWidth + margin.left;
    const area = { left, top, width: plotWidth, height: height - top - BELOW };
    const y = common ?? valueAxis(panel.series, panel.log);
    drawPanel(frame, area, panel, y, { xLabel, firstEpoch, heading, legend: !once });
  });
  return frame;
}

/** Room left and right of each plot. */
const margin = { left: 84, right: 24 };

/** Pixels below each plot, and those that a plot has at least where no size is given. */
const BELOW = 60, LEAST_PLOT = 240;

/** The series of all panels, each name once, in the look that it has where it comes first. */
function seriesOfAll(panels: readonly Panel[]): Series[] {
  const all = panels.flatMap(({ series }) =>
    series.map((one, i) => ({ ...one, color: strokeOf(one, i).color }))
  );
  return [...new Map(all.toReversed().map((one) => [one.name, one])).values()].toReversed();
}
