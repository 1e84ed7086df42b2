import { linearAxis } from "./frame/axis.ts";
import { copyFrame, type Frame, newFrame } from "./paint/canvas.ts";
import { centerSymbol, drawCenter } from "./frame/center.ts";
import { drawClassLabels, type Obstacle } from "./frame/class_labels.ts";
import { drawHeading } from "./frame/heading.ts";
import { drawLegend, type LegendSymbol } from "./frame/legend.ts";
import { drawMark } from "./frame/mark.ts";
import { classColor } from "./paint/palette.ts";
import { drawAxes, type PlotArea, quiet } from "./frame/plot_area.ts";
import { project } from "./frame/projection.ts";
import { type Range2D, squareRange } from "./frame/range.ts";
import { remarks } from "./frame/remarks.ts";
import { checkLabels, checkSamples, type Samples } from "./frame/samples.ts";
import { dotStyle, drawDots } from "./paint/scatter.ts";
import { drawText, textSize, textWidth } from "./paint/text.ts";

/** Samples that a figure points out, such as the most certain one of each class. */
export interface Marks {
  /** Two-dimensional features, `[m, 2]` row by row. */
  points: Float32Array;
  /** The class of each, `[m]`: adds a ring in its colour. */
  labels?: Uint8Array | Int32Array;
  /** What the legend calls them, such as "most certain sample". */
  name: string;
}

/** What {@linkcode featureMap} draws. */
export interface FeatureMapOptions extends Samples {
  /** Names for the legend, `[classes]`. */
  classNames: readonly string[];
  /** Black dots with a white ring, over everything else. */
  marks?: Marks;
  /** Writes each class's name at the median of its points; default: the legend alone names them. */
  classNumbers?: boolean;
  /** First line above the plot, such as "cent-mnist-2 · quick · epoch 12 of 100". */
  title: string;
  /** Second line, such as "test: 97.31 % by logit, 97.05 % by nearest center". */
  subtitle?: string;
  /** Names of the two axes; default "feature 1" and "feature 2". */
  axisLabels?: readonly [string, string];
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
  const { points, labels, centers, marks, classNames, title, subtitle, size } = options;
  const { axisLabels = ["feature 1", "feature 2"] } = options;
  check(options);
  const { width, height } = size ?? { width: 880, height: 800 };
  const area = plotArea(width, height);
  const range = squareRange(options.range);
  const colors = classNames.map((_, k) => classColor(k));
  const frame = copyFrame(drawBackdrop(width, height, area, range, { ...options, axisLabels }));
  drawHeading(frame, margin.left, title, subtitle);

  const shown = project(points, range, area);
  const dots = { ...shown, label: Int32Array.from(shown.index, (i) => labels[i]) };
  // The style follows all samples, not those inside, so that it stays the same from frame to frame.
  drawDots(frame, area, dots, colors, dotStyle(labels.length));
  const middle = centers && project(centers, range, area);
  middle?.index.forEach((_, i) => drawCenter(frame, middle.x[i], middle.y[i]));
  const marked = marks && project(marks.points, range, area);
  marked?.index.forEach((m, i) => {
    drawMark(frame, marked.x[i], marked.y[i], marks?.labels && colors[marks.labels[m]]);
  });
  if (options.classNumbers) {
    const obstacles = [middle, marked].flatMap((them) =>
      Array.from(them?.x ?? [], (x, i): Obstacle => ({ x, y: them!.y[i], radius: 8 }))
    );
    drawClassLabels(frame, area, dots, classNames, obstacles);
  }
  drawNote(frame, area, remarks(labels.length, shown, middle, marked), axisLabels[0]);
  return frame;
}

function drawBackdrop(
  width: number,
  height: number,
  area: PlotArea,
  range: Range2D,
  { classNames, centers, marks, axisLabels }: FeatureMapOptions & { axisLabels: readonly string[] },
): Frame {
  const symbols: LegendSymbol[] = [
    ...(centers ? [centerSymbol] : []),
    ...(marks ? [{ name: marks.name, draw: drawMark }] : []),
  ];
  const names = symbols.map(({ name }) => name);
  const key = JSON.stringify([width, height, range, classNames, !!centers, names, axisLabels]);
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
    symbols,
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

function check(options: FeatureMapOptions): void {
  const { classNames, marks } = options;
  checkSamples(options, classNames);
  if (!marks) return;
  const { points, labels } = marks;
  if (points.length % 2 || (labels && points.length !== 2 * labels.length)) {
    throw new TypeError(
      `Cannot mark ${points.length} feature values` +
        `${labels ? ` with ${labels.length} labels` : ""}: each mark needs two`,
    );
  }
  if (labels) checkLabels(labels, classNames);
}
