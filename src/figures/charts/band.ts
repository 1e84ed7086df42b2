import { blendPixel, type Frame, type Point, type Rgb } from "../paint/canvas.ts";

/** How much of what lies below a band is covered. */
const OPACITY = 0.16;

/** Fills what lies between two lines, the upper and the lower one, whose corners are at the same columns. */
export function fillBand(
  frame: Frame,
  upper: readonly Point[],
  lower: readonly Point[],
  color: Rgb,
): void {
  for (let i = 1; i < upper.length; i++) {
    const [[from], [to]] = [upper[i - 1], upper[i]];
    for (let x = Math.ceil(from - 0.5); x + 0.5 < to; x++) {
      const share = (x + 0.5 - from) / (to - from);
      const [top, bottom] = [upper, lower].map((line) =>
        line[i - 1][1] + share * (line[i][1] - line[i - 1][1])
      );
      for (let y = Math.floor(top); y < bottom; y++) {
        const covered = Math.min(bottom, y + 1) - Math.max(top, y);
        blendPixel(frame, x, y, color, OPACITY * covered);
      }
    }
  }
}
