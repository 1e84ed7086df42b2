import { fillDisc, type Frame, type Rgb, white } from "../paint/canvas.ts";
import { ink } from "../paint/text.ts";

/**
 * Draws a marked sample at `(x, y)`: black with a thin white ring, the opposite of a centre.
 *
 * @param color A ring around it all, in the colour of the sample's class.
 */
export function drawMark(frame: Frame, x: number, y: number, color?: Rgb): void {
  if (color) fillDisc(frame, x, y, 7, color);
  fillDisc(frame, x, y, color ? 5.6 : 6, white);
  fillDisc(frame, x, y, 4.4, ink);
}
