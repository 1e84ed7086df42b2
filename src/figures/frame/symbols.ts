import { fillDisc, type Frame, type Rgb, white } from "../paint/canvas.ts";
import { drawText, ink, textSize } from "../paint/text.ts";
import type { LegendSymbol } from "./legend.ts";

/**
 * Draws a class center at `(x, y)`: white, with a dark rim that holds on any colour.
 *
 * @param scale 1 is as large as in a feature map, 14 pixels across.
 */
export function drawCenter(frame: Frame, x: number, y: number, scale = 1): void {
  fillDisc(frame, x, y, 7 * scale, white, 0.75);
  fillDisc(frame, x, y, 6 * scale, ink);
  fillDisc(frame, x, y, 4.2 * scale, white);
}

/**
 * The same with a class's name of one or two letters in it, which reads without colour, too.
 *
 * @param scale 1 is as large as in a feature map, 19 pixels across.
 */
export function drawNamedCenter(
  frame: Frame,
  name: string,
  x: number,
  y: number,
  scale = 1,
): void {
  fillDisc(frame, x, y, 10.5 * scale, white, 0.75);
  fillDisc(frame, x, y, 9.5 * scale, ink);
  fillDisc(frame, x, y, 8 * scale, white);
  const size = (name.length > 1 ? textSize.small : textSize.normal) * scale;
  drawText(frame, name, x, y + 0.36 * size, { size, align: "center" });
}

/** Pixels to another center from which on a name in a center is legible. */
const COVERED = 12;

/** Whether another center is so near that it would cover a name in this one. */
export function isCovered<Place extends { x: number; y: number }>(
  place: Place,
  all: readonly Place[],
  scale = 1,
): boolean {
  return all.some((other) =>
    other !== place && Math.hypot(other.x - place.x, other.y - place.y) < COVERED * scale
  );
}

/** What the legend says about centers. */
export const centerSymbol: LegendSymbol = { name: "center", draw: drawCenter };

/**
 * Draws a sample that the figure points out at `(x, y)`: black with a thin white ring, the opposite of a
 * center.
 *
 * @param color A ring around it all, in the colour of the sample's class.
 */
export function drawMark(frame: Frame, x: number, y: number, color?: Rgb): void {
  if (color) fillDisc(frame, x, y, 7, color);
  fillDisc(frame, x, y, color ? 5.6 : 6, white);
  fillDisc(frame, x, y, 4.4, ink);
}
