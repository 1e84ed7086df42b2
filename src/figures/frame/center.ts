import { fillDisc, type Frame, white } from "../paint/canvas.ts";
import type { LegendSymbol } from "./legend.ts";
import { ink } from "../paint/text.ts";

/**
 * Draws a class centre at `(x, y)`: white, with a dark rim that holds on any colour.
 *
 * @param scale 1 is as large as in a feature map, 14 pixels across.
 */
export function drawCenter(frame: Frame, x: number, y: number, scale = 1): void {
  fillDisc(frame, x, y, 7 * scale, white, 0.75);
  fillDisc(frame, x, y, 6 * scale, ink);
  fillDisc(frame, x, y, 4.2 * scale, white);
}

/** What the legend says about centres. */
export const centerSymbol: LegendSymbol = { name: "center", draw: drawCenter };
