import { linearAxis } from "./axis.ts";
import { copyFrame, type Frame, newFrame } from "./canvas.ts";
import { drawCenter } from "./center.ts";
import { drawLegend } from "./legend.ts";
import { classColor } from "./palette.ts";
import { drawAxes, type PlotArea, quiet } from "./plot_area.ts";
import { project } from "./projection.ts";
import { type Range2D, squareRange } from "./range.ts";
import { remarks } from "./remarks.ts";
import { dotStyle, drawDots } from "./scatter.ts";
import { drawText, fitText, textSize, textWidth } from "./text.ts";

/** What {@linkcode featureMap} draws. */
export interface FeatureMapOptions {
  /** Two-dimensional features, `[n, 2]` row by row. */
  points: Float32Array;
  /** The class of each point, `[n]`. */
  labels: Uint8Array | Int32Array;
  /** Class centres, `[classes, 2]` row by row. */
  centers?: Float32Array;
  /** Names for the legend, `[classes]`. */
  classNames: readonly string[];
  /** First line above the plot, such as "cent-mnist-2 · quick · epoch 12 of 100". */
  title: string;
  /** Second line, such as "test: 97.31 % by logit, 97.05 % by nearest center". */
  subtitle?: string;
  /** Names of the two axes; default "feature 1" and "feature 2". */
  axisLabels?: readonly [string, string];
  /** What to show, from `featureRange`; widened to a square, so that distances are honest. */
  range: Range2D;
  /** Pixels; default 880 x 800. */
  size?: { width: number; height: number };
}

/** Room around the square plot: title above, tick labels below and left, legend at the right. */
const margin = { left: 84, top: 84, right: 136, bottom: 56 };

/** The drawn axes and legend of the last figure: the frames of an animation share them. */
let backdrop: { key: string; frame: Frame } | undefined;

/**
 * Draws the feature space of one epoch: a dot for each sample in its class's colour, the class
 * centres as white discs with a dark rim, and one scale for both axes.
 *
 * Points outside the range and points that are not finite are left out and counted in a note under
 * the plot. Equal input gives equal bytes.
 *
 * Throws a `TypeError` where lengths do not fit together, and a `RangeError` for a label without a
 * class name, a range that is not finite, or a size without room for a plot.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const frame = featureMap({
 *   points: Float32Array.of(0, 0, 1, 1),
 *   labels: Uint8Array.of(0, 1),
 *   classNames: ["zero", "one"],
 *   title: "two points",
 *   range: { xMin: -2, xMax: 2, yMin: -2, yMax: 2 },
 * });
 * assertEquals([frame.width, frame.height], [880, 800]);
 * ```
 */
export function featureMap(options: FeatureMapOptions): Frame {
  const { points, labels, centers, classNames, title, subtitle, size } = options;
  const { axisLabels = ["feature 1", "feature 2"] } = options;
  check(options);
  const { width, height } = size ?? { width: 880, height: 800 };
  const area = plotArea(width, height);
  const range = squareRange(options.range);
  const colors = classNames.map((_, k) => classColor(k));
  const frame = copyFrame(drawBackdrop(width, height, area, range, { ...options, axisLabels }));
  const room = width - margin.left - 16;
  drawText(frame, fitText(title, room, textSize.title), margin.left, 38, { size: textSize.title });
  if (subtitle) drawText(frame, fitText(subtitle, room), margin.left, 64, { color: quiet });

  const shown = project(points, range, area);
  const label = Int32Array.from(shown.index, (i) => labels[i]);
  // The style follows all samples, not those inside, so that it stays the same from frame to frame.
  drawDots(frame, area, { ...shown, label }, colors, dotStyle(labels.length));
  const middle = centers && project(centers, range, area);
  middle?.index.forEach((_, i) => drawCenter(frame, middle.x[i], middle.y[i]));
  drawNote(frame, area, remarks(labels.length, shown, middle), axisLabels[0]);
  return frame;
}

function drawBackdrop(
  width: number,
  height: number,
  area: PlotArea,
  range: Range2D,
  { classNames, centers, axisLabels }: FeatureMapOptions & { axisLabels: readonly string[] },
): Frame {
  const key = JSON.stringify([width, height, range, classNames, !!centers, axisLabels]);
  if (backdrop?.key === key) return backdrop.frame;
  const frame = newFrame(width, height);
  const x = { ...linearAxis(range.xMin, range.xMax), name: axisLabels[0] };
  const y = { ...linearAxis(range.yMin, range.yMax), name: axisLabels[1] };
  drawAxes(frame, area, x, y);
  drawLegend(
    frame,
    {
      left: area.left + area.width + 20,
      top: area.top,
      width: margin.right - 20 - 12,
      height: area.height,
    },
    classNames,
    centers ? drawCenter : undefined,
  );
  backdrop = { key, frame };
  return frame;
}

/** The largest square that leaves the margins free. */
function plotArea(width: number, height: number): PlotArea {
  const side = Math.min(width - margin.left - margin.right, height - margin.top - margin.bottom);
  if (!(side >= 100)) {
    throw new RangeError(
      `Cannot draw a feature map of ${width} x ${height} pixels: it needs at least 300 x 240`,
    );
  }
  return { left: margin.left, top: margin.top, width: side, height: side };
}

/**
 * Writes the note flush with the plot's right edge, right of the axis's name; a long one runs on below
 * the legend.
 */
function drawNote(frame: Frame, area: PlotArea, note: string, xName: string): void {
  const { left, top, width, height } = area;
  const size = textSize.small;
  const free = left + width / 2 + textWidth(xName) / 2 + 24;
  const start = Math.max(left + width - textWidth(note, size), free);
  drawText(frame, note, start, top + height + 41, { size, color: quiet });
}

function check({ points, labels, centers, classNames, range }: FeatureMapOptions): void {
  if (points.length !== 2 * labels.length) {
    throw new TypeError(
      `Cannot draw ${points.length} feature values with ${labels.length} labels: ` +
        `each label needs two`,
    );
  }
  if (centers && centers.length !== 2 * classNames.length) {
    throw new TypeError(
      `Cannot draw ${centers.length} center values for ${classNames.length} classes: ` +
        `each class needs two`,
    );
  }
  if (!Object.values(range).every(Number.isFinite)) {
    throw new RangeError(
      `Cannot draw the range ${JSON.stringify(Object.values(range))}: all borders must be finite`,
    );
  }
  const stray = labels.find((label) => label < 0 || label >= classNames.length);
  if (stray !== undefined) {
    throw new RangeError(`Cannot draw label ${stray}: there are ${classNames.length} class names`);
  }
}
