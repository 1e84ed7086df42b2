import { blendPixel, type Frame, type Point, type Rgb } from "./canvas.ts";
import { type Coverage, coverageOf, type SampleGrid } from "./coverage.ts";
import { addPolygon } from "./pureimage.ts";

/** How a line looks. */
export interface StrokeStyle {
  /** Thickness in pixels. */
  width: number;
  /** Its colour. */
  color: Rgb;
  /** Lengths of dash and gap in pixels; solid without. */
  dash?: readonly [dash: number, gap: number];
}

/**
 * Draws an anti-aliased line through `points`, with round joins and ends. Where it crosses or
 * touches itself it is not painted twice: each pixel takes the largest coverage of any part.
 */
export function strokeLine(frame: Frame, points: readonly Point[], style: StrokeStyle): void {
  const coverage = new Map<number, number>();
  for (const [from, to] of pieces(points, style.dash)) {
    const { left, top, width, share } = paintPiece(from, to, style.width);
    for (let i = 0; i < share.length; i++) {
      if (share[i] === 0) continue;
      const x = left + i % width;
      const y = top + Math.floor(i / width);
      if (x < 0 || x >= frame.width) continue;
      const pixel = y * frame.width + x;
      if (share[i] > (coverage.get(pixel) ?? 0)) coverage.set(pixel, share[i]);
    }
  }
  for (const [pixel, share] of coverage) {
    blendPixel(frame, pixel % frame.width, Math.floor(pixel / frame.width), style.color, share);
  }
}

/** What a straight line with round ends covers, to be laid at column `left` and row `top`. */
function paintPiece(
  from: Point,
  to: Point,
  thickness: number,
): Coverage & { left: number; top: number } {
  const reach = Math.ceil(thickness / 2);
  const [left, top] = [0, 1].map((c) => Math.floor(Math.min(from[c], to[c])) - reach);
  const [right, bottom] = [0, 1].map((c) => Math.ceil(Math.max(from[c], to[c])) + reach);
  const line = roundedLine(from, to, thickness / 2);
  const height = bottom - top;
  const coverage = coverageOf(right - left, height, grid, (context) => {
    // pureimage counts scan lines from the lowest point. With this speck below they are the same for
    // every piece, so that neighbours fit together.
    context.moveTo(0, height);
    context.lineTo(1, height);
    addPolygon(context, line.map(([x, y]) => [x - left, y - top]));
  });
  return { ...coverage, left, top };
}

/** As fine as slopes need to have no steps. */
const grid: SampleGrid = [2, 8];

/** Corners that make half a circle: enough for lines of a few pixels. */
const arcSteps = 5;

/** Corners around a line: a half circle about its end, then one about its start. */
function roundedLine(from: Point, to: Point, radius: number): Point[] {
  const right = Math.atan2(to[1] - from[1], to[0] - from[0]) - Math.PI / 2;
  return Array.from({ length: 2 * arcSteps }, (_, i): Point => {
    const [x, y] = i < arcSteps ? to : from;
    const angle = right + Math.PI * (i % arcSteps / (arcSteps - 1) + (i < arcSteps ? 0 : 1));
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
}

/** The straight pieces to paint, none without length; dashes go on round the corners. */
function* pieces(
  points: readonly Point[],
  dash: readonly [number, number] = [Infinity, 0],
): Generator<[Point, Point]> {
  let travelled = 0;
  for (let i = 1; i < points.length; i++) {
    const [[x0, y0], [x1, y1]] = [points[i - 1], points[i]];
    const length = Math.hypot(x1 - x0, y1 - y0);
    const at = (s: number): Point => [x0 + (x1 - x0) * s / length, y0 + (y1 - y0) * s / length];
    const period = dash[0] + dash[1];
    for (let start = -(travelled % period); start < length; start += period) {
      const [from, to] = [Math.max(0, start), Math.min(length, start + dash[0])];
      if (to > from) yield [at(from), at(to)];
    }
    travelled += length;
  }
}
