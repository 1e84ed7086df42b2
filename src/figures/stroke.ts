import { blendPixel, type Frame, type Rgb } from "./canvas.ts";

/** A place in a frame, in pixels. */
export type Point = readonly [x: number, y: number];

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
  const reach = style.width / 2 + 0.5;
  const coverage = new Map<number, number>();
  for (const [[x0, y0], [x1, y1]] of pieces(points, style.dash)) {
    const left = Math.max(0, Math.floor(Math.min(x0, x1) - reach));
    const right = Math.min(frame.width - 1, Math.floor(Math.max(x0, x1) + reach));
    const bottom = Math.min(frame.height - 1, Math.floor(Math.max(y0, y1) + reach));
    const lengthSquared = (x1 - x0) ** 2 + (y1 - y0) ** 2;
    for (let y = Math.max(0, Math.floor(Math.min(y0, y1) - reach)); y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const [dx, dy] = [x + 0.5 - x0, y + 0.5 - y0];
        const along = lengthSquared && (dx * (x1 - x0) + dy * (y1 - y0)) / lengthSquared;
        const t = Math.min(1, Math.max(0, along));
        const share = reach - Math.hypot(dx - t * (x1 - x0), dy - t * (y1 - y0));
        const pixel = y * frame.width + x;
        if (share > (coverage.get(pixel) ?? 0)) coverage.set(pixel, Math.min(1, share));
      }
    }
  }
  for (const [pixel, share] of coverage) {
    blendPixel(frame, pixel % frame.width, Math.floor(pixel / frame.width), style.color, share);
  }
}

/** The straight pieces to paint; dashes go on round the corners. */
function* pieces(
  points: readonly Point[],
  dash?: readonly [number, number],
): Generator<[Point, Point]> {
  let travelled = 0;
  for (let i = 1; i < points.length; i++) {
    const [[x0, y0], [x1, y1]] = [points[i - 1], points[i]];
    const length = Math.hypot(x1 - x0, y1 - y0);
    const at = (s: number): Point => [x0 + (x1 - x0) * s / length, y0 + (y1 - y0) * s / length];
    if (!dash || length === 0) {
      yield [points[i - 1], points[i]];
      continue;
    }
    const period = dash[0] + dash[1];
    for (let start = -(travelled % period); start < length; start += period) {
      const [from, to] = [Math.max(0, start), Math.min(length, start + dash[0])];
      if (to > from) yield [at(from), at(to)];
    }
    travelled += length;
  }
}
