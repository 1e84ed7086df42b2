import type { Frame, Rgb } from "../paint/canvas.ts";
import type { Point } from "../paint/stroke.ts";

/**
 * Fills a polygon, smooth at its left and right borders, as pureimage's `fill` does to the byte: that
 * one calls five functions a pixel and takes thirty times as long for the faces of a box.
 */
export function fillShape(frame: Frame, corners: readonly Point[], color: Rgb): void {
  const rows = corners.map(([, y]) => y);
  // Rows are counted from the lowest point, as in pureimage.
  const lowest = Math.min(Math.max(...rows) + 1, frame.height);
  const highest = Math.max(Math.min(...rows) - 1, 0);
  for (let y = lowest; y >= highest; y--) {
    const row = Math.floor(y);
    if (row >= frame.height) continue;
    const crossings = crossingsAt(corners, y);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const [from, to] = [crossings[i], crossings[i + 1]];
      const [first, last] = [Math.floor(from), Math.floor(to)];
      for (let x = Math.max(0, first); x <= Math.min(last, frame.width - 1); x++) {
        const share = x === first ? 1 - (from - first) : x === last ? to - last : 1;
        lay(frame, (row * frame.width + x) * 4, color, Math.trunc(255 * share) / 255);
      }
    }
  }
}

/** Where the borders cross the height `y`, from left to right. */
function crossingsAt(corners: readonly Point[], y: number): number[] {
  const found: number[] = [];
  corners.forEach(([x0, y0], i) => {
    const [x1, y1] = corners[(i + 1) % corners.length];
    if ((y0 < y && y1 >= y) || (y1 < y && y0 >= y)) {
      found.push(x0 + (y - y0) / (y1 - y0) * (x1 - x0));
    }
  });
  return found.sort((a, b) => a - b);
}

/** Lays a colour over the pixel whose bytes start at `at`; bytes are cut, not rounded. */
function lay({ rgba }: Frame, at: number, color: Rgb, opacity: number): void {
  for (let c = 0; c < 3; c++) {
    const mixed = color[c] / 255 * opacity + rgba[at + c] / 255 * (1 - opacity);
    rgba[at + c] = Math.trunc(mixed / (opacity + (1 - opacity)) * 255);
  }
}
