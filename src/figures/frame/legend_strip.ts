import { fillDisc, type Frame, type Rgb } from "../paint/canvas.ts";
import { inLines } from "./in_lines.ts";
import type { LegendSymbol } from "./legend.ts";
import { classColor } from "../paint/palette.ts";
import { quiet } from "./plot_area.ts";
import { drawText, ink, shortenNames, shortenText, textWidth } from "../paint/text.ts";

/** Pixels between the baselines of two rows. */
export const stripStep = 22;

/** Rows that a strip has at most, and those in which items may stand in columns that need more room than their names. */
const mostRows = 4, columnRows = 2;

/** No name takes more pixels. */
const widestName = 130;

/** Pixels from the middle of a dot to its name, and from a name to the next dot. */
const gap = { dot: 12, item: 22 };

/** One name in the strip. */
interface Item {
  readonly text: string;
  readonly color: Rgb;
  /** Draws what stands before the name. */
  readonly draw?: LegendSymbol["draw"];
}

/** Where an item is: pixels from the start of the strip, and its row. */
type Placed = Item & { left: number; row: number };

/** The classes and symbols of a figure, in at most four rows. */
interface LegendStrip {
  /** How many rows it takes. */
  readonly rows: number;
  /** Draws it; the middle of its first row is at `top`. */
  draw(frame: Frame, left: number, top: number): void;
}

/**
 * Lays a legend out in rows of `width` pixels. Classes that do not fit are counted at the end of the
 * others.
 */
export function legendStrip(
  classNames: readonly string[],
  symbols: readonly LegendSymbol[],
  width: number,
): LegendStrip {
  const names = shortenNames(classNames.slice(0, 200), widestName).map((text, label): Item => ({
    text,
    color: ink,
    draw: (frame, x, y) => fillDisc(frame, x, y, 5.5, classColor(label)),
  }));
  const last = symbols.map(({ name, draw }): Item => {
    return { text: shortenText(name, 2 * widestName), color: quiet, draw };
  });
  for (let listed = names.length;; listed--) {
    const rest = classNames.length - listed;
    const more: Item[] = rest > 0 ? [{ text: `… and ${rest} more`, color: quiet }] : [];
    const items = inRows([...names.slice(0, listed), ...more, ...last], width);
    const rows = (items.at(-1)?.row ?? -1) + 1;
    if (rows > mostRows && listed > 0) continue;
    return { rows, draw: (frame, left, top) => drawItems(frame, items, left, top) };
  }
}

/**
 * Places items one after another in a row; in columns where that takes several rows; and without
 * columns where those take more rows.
 */
function inRows(items: Item[], width: number): Placed[] {
  const widths = items.map(({ text, draw }) => textWidth(text) + (draw ? gap.dot + 6 : 0));
  const flow = inLines(widths, width, gap.item)
    .map(({ left, line }, i) => ({ ...items[i], left: left + 6, row: line }));
  if ((flow.at(-1)?.row ?? 0) === 0) return flow;
  const column = Math.max(...widths) + gap.item;
  const fitting = Math.max(1, Math.floor((width + gap.item) / column));
  const rows = Math.ceil(items.length / fitting);
  if (rows > Math.max(columnRows, flow.at(-1)!.row + 1)) return flow;
  const columns = Math.ceil(items.length / rows);
  return items.map((item, i) => ({
    ...item,
    left: i % columns * column + 6,
    row: Math.floor(i / columns),
  }));
}

function drawItems(frame: Frame, items: readonly Placed[], left: number, top: number): void {
  for (const { text, color, draw, ...place } of items) {
    const [x, y] = [left + place.left, top + place.row * stripStep];
    draw?.(frame, x, y);
    drawText(frame, text, draw ? x + gap.dot : x - 6, y + 5, { color });
  }
}
