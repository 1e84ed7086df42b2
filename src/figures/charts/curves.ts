import { onlyOptions } from "../../base/choice.ts";
import { type Frame, newFrame } from "../paint/canvas.ts";
import { drawHeading } from "../frame/heading.ts";
import { drawPanel } from "./panel.ts";
import { panelLegend } from "./panel_legend.ts";
import type { Panel } from "./series.ts";

/** What {@linkcode curves} draws. */
export interface CurvesOptions {
  /** Charts from left to right. */
  panels: readonly Panel[];
  /** Line above all panels. */
  title: string;
  /** Second line. */
  subtitle?: string;
  /** Whether each panel has a legend of its own, or the first panel's stands once above all of them; default "each". */
  legend?: "each" | "once";
  /** Name of the horizontal axis; default "epoch". */
  xLabel?: string;
  /** What the first value of each series stands at; default 1. */
  firstEpoch?: number;
  /** Pixels; default 600 a panel x 480. */
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
  const known = ["panels", "title", "subtitle", "legend", "xLabel", "firstEpoch", "size"] as const;
  const given = onlyOptions("draw curves", options, known);
  const { panels, title, subtitle, legend = "each", xLabel = "epoch", firstEpoch = 1 } = given;
  if (panels.length === 0) {
    throw new RangeError("Cannot draw curves without panels: give at least one");
  }
  const { width, height } = options.size ?? { width: 600 * panels.length, height: 480 };
  const panelWidth = Math.floor(width / panels.length);
  // All plots start and end at the same rows, whatever the length of their legends.
  const plotWidth = panelWidth - margin.left - margin.right;
  const once = legend === "once"
    ? panelLegend(panels[0], width - margin.left - margin.right)
    : undefined;
  const below = subtitle === undefined ? 48 : 74;
  const heading = once ? below + once.height + 44 : below + 32;
  const legends = once ? [0] : panels.map((panel) => panelLegend(panel, plotWidth).height);
  const top = heading + 26 + Math.max(...legends);
  if (plotWidth < 100 || height - top - 60 < 60) {
    throw new RangeError(
      `Cannot draw ${panels.length} panels in ${width} x ${height} pixels: make the frame larger`,
    );
  }
  const frame = newFrame(width, height);
  drawHeading(frame, margin.left, { title, subtitle });
  once?.draw(frame, margin.left, below + 22);
  panels.forEach((panel, i) => {
    const left = i * panelWidth + margin.left;
    const area = { left, top, width: plotWidth, height: height - top - 60 };
    drawPanel(frame, area, panel, { xLabel, firstEpoch, heading, legend: !once });
  });
  return frame;
}

/** Room left and right of each plot. */
const margin = { left: 84, right: 24 };
