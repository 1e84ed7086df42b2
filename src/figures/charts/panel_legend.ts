import type { Frame } from "../paint/canvas.ts";
import { inLines } from "../frame/in_lines.ts";
import { strokeLine } from "../paint/stroke.ts";
import { drawText, shortenNames, textWidth } from "../paint/text.ts";
import { type Series, strokeOf } from "./series.ts";

/** The legend of a panel. */
interface PanelLegend {
  /** Pixels that it takes. */
  height: number;
  /** Draws it; the baseline of its first line is at `top`. */
  draw(frame: Frame, left: number, top: number): void;
}

/** Lays the legend of these series out in lines of `width` pixels. */
export function panelLegend(series: readonly Series[], width: number): PanelLegend {
  const names = shortenNames(series.map(({ name }) => name), width - 32);
  const places = inLines(names.map((name) => 32 + textWidth(name)), width, 18);
  return {
    height: 20 * ((places.at(-1)?.line ?? 0) + 1),
    draw: (frame, left, top) =>
      places.forEach((place, i) => {
        const [start, baseline] = [left + place.left, top + 20 * place.line];
        const line = [[start + 1, baseline - 4.5], [start + 25, baseline - 4.5]] as const;
        strokeLine(frame, line, strokeOf(series[i], i));
        drawText(frame, names[i], start + 32, baseline);
      }),
  };
}
