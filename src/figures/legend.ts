import { fillDisc, type Frame } from "./canvas.ts";
import { classColor } from "./palette.ts";
import { type PlotArea, quiet } from "./plot_area.ts";
import { drawText, fitText, textSize } from "./text.ts";

/** Distance between baselines in pixels, where there is room. */
const roomy = 24;

/**
 * Lists the classes in `room`, a dot and a name each, and below them what a centre looks like.
 * Many classes move closer together; those that still do not fit are counted in a last line.
 */
export function drawLegend(
  frame: Frame,
  room: PlotArea,
  classNames: readonly string[],
  drawCenter?: (frame: Frame, x: number, y: number) => void,
): void {
  const { left, top, width, height } = room;
  const forClasses = height - (drawCenter ? 1.5 * roomy : 0);
  const step = Math.max(14, Math.min(roomy, Math.floor(forClasses / classNames.length)));
  const fitting = Math.floor(forClasses / step);
  const listed = classNames.length <= fitting ? classNames.length : fitting - 1;
  const size = step < 18 ? textSize.small : textSize.normal;
  const radius = step < 18 ? 4 : 5.5;
  const row = (i: number) => top + 8 + i * step;

  for (let k = 0; k < listed; k++) {
    fillDisc(frame, left + 7, row(k), radius, classColor(k));
    drawText(frame, fitText(classNames[k], width - 22, size), left + 22, row(k) + 5, { size });
  }
  const rest = classNames.length - listed;
  if (rest > 0) {
    const text = `and ${rest} more`;
    drawText(frame, text, left + 22, row(listed) + 5, { size, color: quiet });
  }
  if (drawCenter) {
    const y = row(listed + (rest > 0 ? 1 : 0)) + roomy / 2;
    drawCenter(frame, left + 7, y);
    drawText(frame, "center", left + 22, y + 5, { color: quiet });
  }
}
