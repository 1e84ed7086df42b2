import { fillDisc, type Frame, newFrame, type Rgb } from "./paint/canvas.ts";
import { centerSymbol, drawCenter } from "./frame/center.ts";
import { drawHeading } from "./frame/heading.ts";
import { drawLegend } from "./frame/legend.ts";
import { classColor, tint } from "./paint/palette.ts";
import { type PlotArea, quiet } from "./frame/plot_area.ts";
import { type Range2D, squareRange } from "./frame/range.ts";
import { type Hidden, remarks } from "./frame/remarks.ts";
import { checkSamples, type Samples } from "./frame/samples.ts";
import { dotStyle, drawDots } from "./paint/scatter.ts";
import { type Box, type Seen, type Space, spaceIn, type View } from "./frame/space.ts";
import { drawSpace } from "./frame/space_axes.ts";
import { drawText, textSize } from "./paint/text.ts";

/** What {@linkcode densitySurface} draws. */
export interface DensitySurfaceOptions extends Samples {
  /** The predicted probability of each point, `[n]`, from 0 to 1: its height. */
  heights: ArrayLike<number>;
  /** How far the picture is turned about the vertical axis, in degrees. */
  angle: number;
  /** How far above the floor the eye is, in degrees; default 24. */
  elevation?: number;
  /** Names for the legend, `[classes]`. */
  classNames: readonly string[];
  /** First line above the picture, such as "density-3d · quick · epoch 20 of 20". */
  title: string;
  /** Second line. */
  subtitle?: string;
  /** Names of the axes; default "feature 1", "feature 2" and "probability". */
  axisLabels?: readonly [string, string, string];
  /** Pixels; default 880 x 700. */
  size?: { width: number; height: number };
}

/** Room around the box: title above, numbers and names of the axes, legend at the right. */
const margin = { left: 52, top: 84, right: 136, bottom: 52 };

/** The height of probability 1, in widths of the floor. */
const tall = 0.5;

/** How strong the colour of the farthest point is; the nearest has all of it. */
const farStrength = 0.6;

/** How far a probability may leave 0..1 by rounding. */
const rounding = 1e-3;

/**
 * Draws two features of each sample as its place on a floor and its predicted probability as its
 * height, in perspective.
 *
 * What is nearer is larger, stronger in colour, and covers what is behind it; pale spots on the floor
 * are the feature map itself, with the class centres, which have no probability, on it. The floor is
 * as large in every picture of a range, whatever the angle: frames with growing angles turn it.
 * Points outside the range and points that are not finite are left out and counted in a note. Equal
 * input gives equal bytes.
 *
 * Throws a `TypeError` where lengths do not fit together, and a `RangeError` for a label without a
 * class name, a height beyond 0..1, a range or angle that is not finite, or a size without room.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const frame = densitySurface({
 *   points: Float32Array.of(0, 0, 1, 1),
 *   labels: Uint8Array.of(0, 1),
 *   heights: Float32Array.of(0.4, 0.99),
 *   angle: 30,
 *   classNames: ["zero", "one"],
 *   title: "two points",
 *   range: { xMin: -2, xMax: 2, yMin: -2, yMax: 2 },
 * });
 * assertEquals([frame.width, frame.height], [880, 700]);
 * ```
 */
export function densitySurface(options: DensitySurfaceOptions): Frame {
  const { labels, centers, classNames, angle, elevation = 24 } = options;
  check(options, elevation);
  const { width, height } = options.size ?? { width: 880, height: 700 };
  const area = plotArea(width, height);
  const frame = newFrame(width, height);
  const box = boxOver(squareRange(options.range));
  const space = spaceIn(area, box, { azimuth: angle, elevation }, allAround(elevation));
  const top = box.high[2];
  drawSpace(frame, space, options.axisLabels ?? ["feature 1", "feature 2", "probability"], {
    ticks: shares.map((share) => share * top),
    labels: shares.map(String),
  });
  const colors = classNames.map((_, k) => classColor(k));
  const shown = place(options.points, space, options.heights);
  const spots = { x: shown.floorX, y: shown.floorY, label: labelsOf(shown.samples, labels) };
  const { radius } = dotStyle(labels.length);
  const pale = colors.map((color) => tint(color, 0.3));
  drawDots(frame, area, spots, pale, { radius: Math.max(1.4, 0.8 * radius), opacity: 0.5 });
  const middle = centers && place(centers, space);
  for (const { seen: { x, y, scale } } of middle?.samples ?? []) drawCenter(frame, x, y, scale);
  drawSamples(frame, shown.samples, labels, colors, radius);
  drawHeading(frame, margin.left, options.title, options.subtitle);
  const left = width - margin.right + 20;
  const room = { left, top: area.top, width: width - left - 12, height: area.height };
  drawLegend(frame, room, classNames, centers ? [centerSymbol] : []);
  drawText(frame, remarks(labels.length, shown, middle), width - 16, height - 16, {
    size: textSize.small,
    color: quiet,
    align: "right",
  });
  return frame;
}

/** Probabilities that have a number. */
const shares = [0, 0.25, 0.5, 0.75, 1];

/** The floor is the range; upwards there is room for the heights. */
function boxOver({ xMin, xMax, yMin, yMax }: Range2D): Box {
  return { low: [xMin, yMin, 0], high: [xMax, yMax, tall * (xMax - xMin)] };
}

/** A square floor looks the same after a quarter turn. */
function allAround(elevation: number): View[] {
  return Array.from({ length: 16 }, (_, i) => ({ azimuth: 90 * i / 16, elevation }));
}

/** A sample in the box. */
interface Sample {
  readonly index: number;
  readonly seen: Seen;
}

/** Samples that can be shown, the farthest first, and where they stand on the floor. */
interface Placed extends Hidden {
  samples: Sample[];
  floorX: Float32Array;
  floorY: Float32Array;
}

/** Places points, `[n, 2]`, at their heights; on the floor without. */
function place(points: Float32Array, space: Space, heights?: ArrayLike<number>): Placed {
  const { low, high } = space.box;
  const samples: Sample[] = [];
  let [outside, notFinite] = [0, 0];
  for (let index = 0; 2 * index < points.length; index++) {
    const [x, y] = [points[2 * index], points[2 * index + 1]];
    const share = heights ? heights[index] : 0;
    if (![x, y, share].every(Number.isFinite)) notFinite++;
    else if (x < low[0] || x > high[0] || y < low[1] || y > high[1]) outside++;
    else {
      const z = Math.min(1, Math.max(0, share)) * high[2];
      samples.push({ index, seen: space.see([x, y, z]) });
    }
  }
  samples.sort((a, b) => a.seen.scale - b.seen.scale || a.index - b.index);
  const floor = samples.map(({ index }) =>
    space.see([points[2 * index], points[2 * index + 1], 0])
  );
  return {
    samples,
    floorX: Float32Array.from(floor, ({ x }) => x),
    floorY: Float32Array.from(floor, ({ y }) => y),
    outside,
    notFinite,
  };
}

function labelsOf(samples: readonly Sample[], labels: ArrayLike<number>): Int32Array {
  return Int32Array.from(samples, ({ index }) => labels[index]);
}

function drawSamples(
  frame: Frame,
  samples: readonly Sample[],
  labels: ArrayLike<number>,
  colors: readonly Rgb[],
  radius: number,
): void {
  const [far, near] = [samples[0]?.seen.scale, samples.at(-1)?.seen.scale ?? 1];
  for (const { index, seen: { x, y, scale } } of samples) {
    const depth = near > far ? (scale - far) / (near - far) : 1;
    const color = tint(colors[labels[index]], farStrength + (1 - farStrength) * depth);
    fillDisc(frame, x, y, radius * scale, color, 0.85);
  }
}

function plotArea(width: number, height: number): PlotArea {
  const area = {
    left: margin.left,
    top: margin.top,
    width: width - margin.left - margin.right,
    height: height - margin.top - margin.bottom,
  };
  if (!(Math.min(area.width, area.height) >= 160)) {
    throw new RangeError(
      `Cannot draw a density surface of ${width} x ${height} pixels: it needs at least 348 x 296`,
    );
  }
  return area;
}

function check(options: DensitySurfaceOptions, elevation: number): void {
  const { labels, heights, angle, classNames } = options;
  checkSamples(options, classNames);
  if (heights.length !== labels.length) {
    throw new TypeError(
      `Cannot draw ${heights.length} heights with ${labels.length} labels: each label needs one`,
    );
  }
  for (let i = 0; i < heights.length; i++) {
    if (heights[i] < -rounding || heights[i] > 1 + rounding) {
      throw new RangeError(
        `Cannot draw the probability ${heights[i]} as a height: it must lie from 0 to 1`,
      );
    }
  }
  if (!Number.isFinite(angle) || !Number.isFinite(elevation)) {
    throw new RangeError(
      `Cannot look from angle ${angle}, elevation ${elevation}: both must be finite`,
    );
  }
}
