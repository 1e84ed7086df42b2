import { drawBox } from "./frame/box_axes.ts";
import { drawHeading, type Heading } from "./frame/heading.ts";
import { drawLegend } from "./frame/legend.ts";
import { insideOf } from "./frame/margin.ts";
import { type Box, fittedTo, perspectiveOn, type Point3, type View } from "./frame/perspective.ts";
import { nearness, onFloor, placeIn } from "./frame/placed.ts";
import { checkRange2D, type Range2D, squareRange } from "./frame/range.ts";
import { drawRemarks, remarks } from "./frame/remarks.ts";
import { checkSamples, type Samples } from "./frame/samples.ts";
import { centerSymbol, drawCenter } from "./frame/symbols.ts";
import { fillDisc, type Frame, newFrame } from "./paint/canvas.ts";
import { classColor, tint } from "./paint/palette.ts";
import { dotStyle, drawDots } from "./paint/dots.ts";

/** What {@linkcode densitySurface} draws. */
export interface DensitySurfaceOptions extends Samples, Heading {
  /** The predicted probability of each point, `[n]`, from 0 to 1: its height. */
  heights: ArrayLike<number>;
  /** How far the picture is turned about the vertical axis, in degrees. */
  angle: number;
  /** How far above the floor the eye is, in degrees; default 24. */
  elevation?: number;
  /** Names for the legend, `[classes]`. */
  classNames: readonly string[];
  /** Names of the axes; default "feature 1", "feature 2" and "probability". */
  axisLabels?: readonly [string, string, string];
  /** Pixels; default 880 x 700. */
  size?: { width: number; height: number };
}

/** Room around the box: title above, numbers and names of the axes, legend at the right. */
const margin = { left: 52, top: 84, right: 136, bottom: 52 };

const largest = { width: 880, height: 700 };

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
 * are the feature map itself, with the class centers, which have no probability, on it. The floor is
 * as large in every picture of a range, whatever the angle: frames with growing angles turn it.
 * Points outside the range and points that are not finite are left out and counted in a note. Equal
 * input gives equal bytes.
 *
 * Throws a `TypeError` where lengths do not fit together, and a `RangeError` for a label without a
 * class name, a height beyond 0..1, a range that is none, an angle that is not finite, or a size without room.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { densitySurface } from "../../figures.ts";
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
 * assertEquals(frame.width, 880);
 * ```
 */
export function densitySurface(options: DensitySurfaceOptions): Frame {
  const { points, labels, heights, centers, classNames, angle, elevation = 24 } = options;
  const { axisLabels = ["feature 1", "feature 2", "probability"] } = options;
  checkSamples(options, classNames);
  checkRange2D(options.range);
  checkHeights(options);
  const box = boxOver(squareRange(options.range));
  const { size = fittedTo(largest, margin, box, allAround(elevation)) } = options;
  const area = insideOf(size, margin, 160, "a density surface");
  const frame = newFrame(size.width, size.height);
  const perspective = perspectiveOn(area, box, { azimuth: angle, elevation }, allAround(elevation));
  const top = box.high[2];
  const ticks = shares.map((share) => share * top);
  drawBox(frame, perspective, axisLabels, { ticks, labels: shares.map(String) });

  const colors = classNames.map((_, k) => classColor(k));
  const samples = placeIn(perspective, labels.length, (i): Point3 => {
    return [points[2 * i], points[2 * i + 1], Math.min(1, Math.max(0, heights[i])) * top];
  });
  const { radius } = dotStyle(labels.length);
  const pale = colors.map((color) => tint(color, 0.3));
  const spots = onFloor(perspective, samples.placed, labels, 0);
  drawDots(frame, area, spots, pale, { radius: Math.max(1.4, 0.8 * radius), opacity: 0.5 });
  const middles = centers &&
    placeIn(perspective, classNames.length, (k) => [centers[2 * k], centers[2 * k + 1], 0]);
  for (const { x, y, scale } of middles?.placed ?? []) drawCenter(frame, x, y, scale);
  const near = nearness(samples.placed);
  samples.placed.forEach(({ index, x, y, scale }, i) => {
    const color = tint(colors[labels[index]], farStrength + (1 - farStrength) * near[i]);
    fillDisc(frame, x, y, radius * scale, color, 0.85);
  });

  drawHeading(frame, margin.left, options);
  drawLegend(frame, area, margin.right, classNames, centers ? [centerSymbol] : []);
  drawRemarks(frame, remarks(labels.length, samples, middles), 16);
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

function checkHeights({ labels, heights }: DensitySurfaceOptions): void {
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
}
