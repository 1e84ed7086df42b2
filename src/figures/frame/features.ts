import type { Frame } from "../paint/canvas.ts";
import { classColor } from "../paint/palette.ts";
import { dotStyle, drawDots } from "../paint/dots.ts";
import { drawContours } from "../areas/contours.ts";
import { type Anchor, atMedians, drawNames } from "./class_labels.ts";
import type { PlotArea } from "./plot_area.ts";
import { project, type Projected } from "./projection.ts";
import type { Range2D } from "./range.ts";
import { remarks } from "./remarks.ts";
import type { Marks, Samples } from "./samples.ts";
import { drawCenter, drawMark, drawNamedCenter, isCovered } from "./symbols.ts";

/** How strong dots are under contours. */
const PALE = 0.55;

/** How {@linkcode drawFeatures} draws. */
interface FeatureStyle {
  classNames: readonly string[];
  /** Writes each class's name at the median of its points, in place of its center's. */
  classNumbers?: boolean;
  /** Lines around where most of each class is, over paler dots; default false. */
  contours?: boolean;
  /** Of dots and centers; default 1. */
  scale?: number;
  /** Pixels around centers and marks that names keep free. */
  clearance: number;
}

/**
 * Draws samples into a square `area` that shows a square `range`: dots, centers, marks and names, in this
 * order. Returns what is left out, in words.
 */
export function drawFeatures(
  frame: Frame,
  area: PlotArea,
  range: Range2D,
  { points, labels, centers, marks }: Omit<Samples, "range"> & { marks?: Marks },
  { classNames, classNumbers, contours = false, scale = 1, clearance }: FeatureStyle,
): string {
  const shown = project(points, range, area);
  const dots = { ...shown, label: Int32Array.from(shown.index, (i) => labels[i]) };
  const colors = classNames.map((_, k) => classColor(k));
  // The style follows all samples, not those inside, so that it stays the same from frame to frame.
  const { radius, opacity } = dotStyle(labels.length);
  const pale = contours ? PALE : 1;
  drawDots(frame, area, dots, colors, { radius: Math.max(1, radius * scale), opacity, pale });
  const middles = centers && project(centers, range, area);
  const names = classNumbers ? atMedians(dots, classNames) : namesAt(middles, classNames);
  const lines = contours ? drawContours(frame, area, dots, classNames, names) : [];
  // Names of one or two letters stand in their centers, longer ones beside, and so do those that another center would cover.
  const inside = !classNumbers && scale >= 0.8 && classNames.every((name) => name.length <= 2);
  const beside = names.filter((name) => !inside || isCovered(name, names, scale));
  middles?.x.forEach((x, i) => {
    if (inside && !beside.includes(names[i])) {
      drawNamedCenter(frame, classNames[middles.index[i]], x, middles.y[i], scale);
    } else drawCenter(frame, x, middles.y[i], scale);
  });
  const marked = marks && project(marks.points, range, area);
  marked?.x.forEach((x, i) => {
    drawMark(frame, x, marked.y[i], marks?.labels && colors[marks.labels[marked.index[i]]]);
  });
  const obstacles = [middles, marked].flatMap((them) =>
    Array.from(them?.x ?? [], (x, i) => ({ x, y: them!.y[i], radius: clearance }))
  );
  drawNames(frame, area, [...beside, ...lines], obstacles);
  return remarks(labels.length, shown, middles, marked);
}

/** Each class's name at its center. */
function namesAt(centers: Projected | undefined, classNames: readonly string[]): Anchor[] {
  return Array.from(centers?.x ?? [], (x, i) => {
    return { name: classNames[centers!.index[i]], x, y: centers!.y[i] };
  });
}
