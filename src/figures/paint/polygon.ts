import type { Frame, Rgb } from "./canvas.ts";

/** A place in a frame, in pixels. */
export type Point = readonly [x: number, y: number];

/** The size of a grid of pixels. */
interface Grid {
  readonly width: number;
  readonly height: number;
}

/**
 * Visits the pixels that closed outlines cover by the even-odd rule.
 *
 * Each row of pixels has one scan line, so that edges are smooth from left to right and hard from top to
 * bottom.
 *
 * @param visit Gets a pixel, counted row by row, and its covered share in steps of 1/255.
 * @param bottom Where the last scan line is; default: a pixel below the lowest point.
 */
export function visitCovered(
  outlines: readonly (readonly Point[])[],
  { width, height }: Grid,
  visit: (pixel: number, share: number) => void,
  bottom = Math.max(...outlines.flat().map(([, y]) => y)) + 1,
): void {
  const top = Math.max(0, Math.min(...outlines.flat().map(([, y]) => y)) - 1);
  for (let y = Math.min(bottom, height); y >= top; y--) {
    const row = Math.floor(y);
    if (row >= height) continue;
    const crossings = crossingsAt(outlines, y);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const [from, to] = [crossings[i], crossings[i + 1]];
      const [first, last] = [Math.floor(from), Math.floor(to)];
      for (let x = Math.max(0, first); x <= Math.min(last, width - 1); x++) {
        const share = x === first ? 1 - (from - first) : x === last ? to - last : 1;
        visit(row * width + x, Math.trunc(255 * share) / 255);
      }
    }
  }
}

/** Where the outlines cross the height `y`, from left to right. */
function crossingsAt(outlines: readonly (readonly Point[])[], y: number): number[] {
  const found: number[] = [];
  for (const points of outlines) {
    points.forEach(([x0, y0], i) => {
      const [x1, y1] = points[(i + 1) % points.length];
      if ((y0 < y && y1 >= y) || (y1 < y && y0 >= y)) {
        found.push(x0 + (y - y0) / (y1 - y0) * (x1 - x0));
      }
    });
  }
  return found.sort((a, b) => a - b);
}

/** Fills a polygon, smooth at its left and right borders. Bytes are cut, not rounded. */
export function fillPolygon(frame: Frame, corners: readonly Point[], color: Rgb): void {
  const { rgba } = frame;
  visitCovered([corners], frame, (pixel, share) => {
    for (let c = 0; c < 3; c++) {
      const at = 4 * pixel + c;
      rgba[at] = Math.trunc((color[c] / 255 * share + rgba[at] / 255 * (1 - share)) * 255);
    }
  });
}
