import { onlyOptions } from "../../base/choice.ts";
import { type Frame, newFrame } from "../paint/canvas.ts";
import { drawHeading, type Heading } from "../frame/heading.ts";
import {
  drawReliabilityPanel,
  histogramGap,
  histogramHeight,
  reliabilityKey,
  type ReliabilityPanel,
} from "./reliability_panel.ts";

/** What {@linkcode reliability} draws. */
export interface ReliabilityOptions extends Heading {
  /** Diagrams from left to right. */
  panels: readonly ReliabilityPanel[];
  /** Side of a diagram in pixels; default 372, and 520 for one alone. */
  side?: number;
}

/** Room around each diagram, its own lines above and the axis below. */
const margin = { left: 84, right: 24, panel: 58, bottom: 58 };

/**
 * Draws reliability diagrams (Guo et al., "On calibration of modern neural networks", 2017,
 * https://arxiv.org/abs/1706.04599): over each interval of the largest predicted probability, the
 * confidence, a bar as high as the accuracy, and in another colour its gap to the mean confidence
 * there. The gaps, weighted by the counts in the histogram below, add up to the expected calibration
 * error (ECE). The histogram's axis is logarithmic, the same for all. Empty bins stay empty. Equal
 * input gives equal bytes.
 *
 * Throws a `RangeError` for no panels, a panel without bins, a share beyond 0..1, a count that is not
 * an integer from 0, or a side below 160 pixels.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { reliability } from "../../../figures.ts";
 *
 * const bins = [
 *   { confidence: 0.4, accuracy: 0.3, count: 10 },
 *   { confidence: 0.9, accuracy: 0.85, count: 90 },
 * ];
 * const panel = { name: "two bins", bins, ece: 0.055, meanConfidence: 0.85, accuracy: 0.795 };
 * const frame = reliability({ title: "calibration", panels: [panel] });
 * assertEquals([frame.width, frame.height], [628, 826]);
 * ```
 */
export function reliability(options: ReliabilityOptions): Frame {
  const given = onlyOptions("draw reliability", options, ["panels", "title", "subtitle", "side"]);
  const { panels, subtitle } = given;
  const side = options.side ?? (panels.length === 1 ? 520 : 372);
  check(panels, side);
  const across = margin.left + side + margin.right;
  const key = reliabilityKey(across * panels.length - margin.left - margin.right);
  const keyTop = subtitle === undefined ? 68 : 90;
  const top = keyTop + 22 * key.lines + margin.panel;
  const height = top + side + histogramGap + histogramHeight + margin.bottom;
  const frame = newFrame(across * panels.length, height);
  drawHeading(frame, margin.left, options);
  key.draw(frame, margin.left, keyTop);
  const mostCounted = Math.max(...panels.flatMap(({ bins }) => bins.map(({ count }) => count)));
  panels.forEach((panel, i) => {
    const area = { left: i * across + margin.left, top, width: side, height: side };
    drawReliabilityPanel(frame, area, panel, mostCounted);
  });
  return frame;
}

function check(panels: readonly ReliabilityPanel[], side: number): void {
  if (panels.length === 0) {
    throw new RangeError("Cannot draw reliability without panels: give at least one");
  }
  if (!(Number.isInteger(side) && side >= 160)) {
    throw new RangeError(`Cannot draw a diagram of ${side} pixels: it needs at least 160`);
  }
  for (const { name, bins } of panels) {
    if (bins.length === 0) {
      throw new RangeError(
        `Cannot draw the reliability of ${name} without bins: give at least one`,
      );
    }
    for (const { confidence, accuracy, count } of bins) {
      if (!(Number.isInteger(count) && count >= 0)) {
        throw new RangeError(`Cannot draw a bin of ${count} samples: it must be an integer from 0`);
      }
      const stray = [confidence, accuracy].find((share) => !(share >= 0 && share <= 1 + 1e-3));
      if (count > 0 && stray !== undefined) {
        throw new RangeError(`Cannot draw the share ${stray} of ${name}: it must lie from 0 to 1`);
      }
    }
  }
}
