import { fillDisc, type Frame } from "../paint/canvas.ts";
import { classColor } from "../paint/palette.ts";
import { type PlotArea, quiet } from "./plot_area.ts";
import { drawText, shortenNames, textSize, wrapText } from "../paint/text.ts";

/** Distance between baselines in pixels, where there is room. */
const roomy = 24;

/** Distance between the lines of one name. */
const tight = 16;

/** What the legend explains besides the classes. */
export interface LegendSymbol {
  /** What it stands for, such as "center". */
  name: string;
  /** Draws it around a point. */
  draw: (frame: Frame, x: number, y: number) => void;
}

/**
 * Lists the classes right of a plot, a dot and a name each, and below them what the symbols stand for.
 * Many classes move closer together; those that still do not fit are counted in a last line.
 *
 * @param margin Pixels from the plot to the right edge of the frame.
 */
export function drawLegend(
  frame: Frame,
  plot: PlotArea,
  margin: number,
  classNames: readonly string[],
  symbols: readonly LegendSymbol[] = [],
): void {
  const { top, height } = plot;
  const left = plot.left + plot.width + 20;
  const width = margin - 32;
  const texts = symbols.map(({ name }) => wrapText(name, width - 22));
  const below = texts.reduce((sum, lines) => sum + roomy + (lines.length - 1) * tight, 0);
  const forClasses = height - (symbols.length > 0 ? below + roomy / 2 : 0);
  const step = Math.max(14, Math.min(roomy, Math.floor(forClasses / classNames.length)));
  const fitting = Math.max(1, Math.floor(forClasses / step));
  const listed = classNames.length <= fitting ? classNames.length : fitting - 1;
  const size = step < 18 ? textSize.small : textSize.normal;
  const radius = step < 18 ? 4 : 5.5;
  const row = (i: number) => top + 8 + i * step;

  const names = shortenNames(classNames.slice(0, listed), width - 22, size);
  names.forEach((name, k) => {
    fillDisc(frame, left + 7, row(k), radius, classColor(k));
    drawText(frame, name, left + 22, row(k) + 5, { size });
  });
  const rest = classNames.length - listed;
  if (rest > 0) {
    const baseline = row(listed) + 5;
    drawText(frame, "…", left + 7, baseline, { size, color: quiet, align: "center" });
    drawText(frame, `and ${rest} more`, left + 22, baseline, { size, color: quiet });
  }
  let y = row(listed + (rest > 0 ? 1 : 0)) + roomy / 2;
  symbols.forEach(({ draw }, i) => {
    draw(frame, left + 7, y);
    for (const line of texts[i]) {
      drawText(frame, line, left + 22, y + 5, { color: quiet });
      y += tight;
    }
    y += roomy - tight;
  });
}
