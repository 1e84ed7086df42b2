import { linearAxis } from "./frame/axis.ts";
import { contourSymbol, haveLines } from "./areas/contours.ts";
import { drawFeatures } from "./frame/features.ts";
import { drawHeading, type Heading } from "./frame/heading.ts";
import { drawLegend, type LegendSymbol } from "./frame/legend.ts";
import { insideOf } from "./frame/margin.ts";
import { drawAxes, type PlotArea, quiet } from "./frame/plot_area.ts";
import { checkRange2D, squareRange } from "./frame/range.ts";
import { type ClassAt, drawRegions } from "./areas/regions.ts";
import { checkMarks, checkSamples, type Marks, type Samples } from "./frame/samples.ts";
import { centerSymbol, drawMark } from "./frame/symbols.ts";
import { project } from "./frame/projection.ts";
import { type Frame, newFrame } from "./paint/canvas.ts";
import { dotStyle, hiddenShare } from "./paint/dots.ts";
import { drawText, textSize, textWidth } from "./paint/text.ts";

/** What {@linkcode featureMap} draws. */
export interface FeatureMapOptions extends Samples, Heading {
  /** Names for the legend, `[classes]`. */
  classNames: readonly string[];
  /** The class of a place in the plane: tints it behind everything else. */
  classAt?: ClassAt;
  /** Black dots with a white ring, over everything else. */
  marks?: Marks;
  /** Writes each class's name at the median of its points; default: the legend alone names them. */
  classNumbers?: boolean;
  /** A line around the densest half of each class, over paler dots; default: what {@linkcode hidesDots} says. */
  contours?: boolean;
  /** Names of the two axes; default "feature 1" and "feature 2". */
  axisLabels?: readonly [string, string];
  /** Pixels; default 880 x 800. */
  size?: { width: number; height: number };
}

const SIZE = { width: 880, height: 800 };

/** Room around the square plot: title above, tick labels below and left, legend at the right. */
const margin = { left: 84, top: 84, right: 136, bottom: 56 };

/**
 * Draws the feature space of one epoch: a dot for each sample in its class's colour, the class
 * centers as white discs with a dark rim, and one scale for both axes. Where dots hide each other, a named
 * line around the densest half of each class says where it is.
 *
 * Points outside the range and points that are not finite are left out and counted in a note under
 * the plot. Equal input gives equal bytes.
 *
 * Throws a `TypeError` where lengths do not fit together, and a `RangeError` for a label without a
 * class name, a range that is none, or a size without room for a plot.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { featureMap } from "../../figures.ts";
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
  const { centers, marks, classNames } = options;
  const { axisLabels = ["feature 1", "feature 2"], size = SIZE } = options;
  checkSamples(options, classNames);
  checkRange2D(options.range);
  if (marks) checkMarks(marks, classNames);
  const area = squareIn(size);
  const range = squareRange(options.range);
  const frame = newFrame(size.width, size.height);
  const x = { ...linearAxis(range.xMin, range.xMax), name: axisLabels[0] };
  const y = { ...linearAxis(range.yMin, range.yMax), name: axisLabels[1] };
  drawAxes(frame, area, x, y);
  if (options.classAt) drawRegions(frame, area, range, options.classAt);
  const symbols: LegendSymbol[] = centers ? [centerSymbol] : [];
  const contours = (options.contours ?? hidesDots(options)) &&
    haveLines(options.labels, classNames.length);
  if (contours) symbols.push(contourSymbol);
  if (marks) symbols.push({ name: marks.name, draw: drawMark });
  drawLegend(frame, area, margin.right, classNames, symbols);
  drawHeading(frame, margin.left, options);
  const hidden = drawFeatures(frame, area, range, options, { ...options, contours, clearance: 8 });
  drawNote(frame, area, hidden, axisLabels[0]);
  return frame;
}

/** Fewer dots than this hide nothing that matters; of more, this share must be hidden. */
const CROWD = 500, HIDDEN = 0.2;

/**
 * Whether the dots of a feature map hide each other, so that it says more with contours: of at least 500 dots, more than a fifth
 * have their middle under a dot of another class. Points that are not finite do not count.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { hidesDots } from "../../figures.ts";
 *
 * const labels = Uint8Array.from({ length: 600 }, (_, i) => i % 10);
 * const range = { xMin: -2, xMax: 12, yMin: -2, yMax: 12 };
 * const apart = Float32Array.from({ length: 1200 }, (_, i) => labels[i >> 1]);
 * assertEquals(hidesDots({ points: apart, labels, range }), false);
 * assertEquals(hidesDots({ points: apart.fill(3), labels, range }), true);
 * ```
 */
export function hidesDots(
  { points, labels, range, size = SIZE }: Pick<
    FeatureMapOptions,
    "points" | "labels" | "range" | "size"
  >,
): boolean {
  checkRange2D(range);
  const area = squareIn(size), shown = project(points, squareRange(range), area);
  if (shown.index.length < CROWD) return false;
  const dots = { ...shown, label: Int32Array.from(shown.index, (i) => labels[i]) };
  return hiddenShare(area, dots, dotStyle(shown.index.length).radius) > HIDDEN;
}

/** The square plot in a frame. */
function squareIn(size: { width: number; height: number }): PlotArea {
  const free = insideOf(size, margin, 100, "a feature map");
  const side = Math.min(free.width, free.height);
  return { ...free, width: side, height: side };
}

/**
 * Writes the note flush with the plot's right edge, right of the axis's name; a long one runs on below
 * the legend, and one that would leave the frame stands under the axis's name.
 */
function drawNote(frame: Frame, area: PlotArea, note: string, xName: string): void {
  const { left, top, width, height } = area;
  const size = textSize.small, wide = textWidth(note, size), last = frame.width - 6 - wide;
  const start = Math.max(left + width - wide, left + width / 2 + textWidth(xName) / 2 + 24);
  const beside = start <= last, row = top + height + (beside ? 41 : 53);
  drawText(frame, note, beside ? start : Math.max(6, last), row, { size, color: quiet });
}
