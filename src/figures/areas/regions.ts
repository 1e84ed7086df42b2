/** What a classifier says of each place in the plane. */
import { blendPixel, type Frame } from "../paint/canvas.ts";
import { classColor } from "../paint/palette.ts";
import type { PlotArea } from "../frame/plot_area.ts";
import type { Range2D } from "../frame/range.ts";

/** The class of a point of the plane. */
export type ClassAt = (x: number, y: number) => number;

/** How strong the colour of a region is, and that of its border. */
const FILL = 0.12, BORDER = 0.55;

/** Tints each pixel of a square area, which shows a square range, in the colour of its class; borders are stronger. */
export function drawRegions(frame: Frame, area: PlotArea, range: Range2D, classAt: ClassAt): void {
  const { left, top, width, height } = area;
  const scale = (range.xMax - range.xMin) / width;
  const classes = new Int32Array((width + 1) * (height + 1));
  for (let row = 0; row <= height; row++) {
    for (let column = 0; column <= width; column++) {
      classes[row * (width + 1) + column] = classAt(
        range.xMin + (column + 0.5) * scale,
        range.yMax - (row + 0.5) * scale,
      );
    }
  }
  // The plot's own border stays.
  for (let row = 1; row < height - 1; row++) {
    for (let column = 1; column < width - 1; column++) {
      const at = row * (width + 1) + column, own = classes[at];
      const border = classes[at + 1] !== own || classes[at + width + 1] !== own;
      blendPixel(frame, left + column, top + row, classColor(own), border ? BORDER : FILL);
    }
  }
}
