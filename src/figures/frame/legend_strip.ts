import { fillDisc, type Frame } from "../paint/canvas.ts";
import { inLines } from "./flow.ts";
import type { LegendSymbol } from "./legend.ts";
import { classColor } from "../paint/palette.ts";
import { quiet } from "./plot_area.ts";
import { drawText, shortenText, textWidth } from "../paint/text.ts";

/** Pixels between the baselines of two rows. */
export const stripStep = 22;

/** Rows that a strip has at most. */
const mostRows = 2;

/** No name takes more pixels. */
const widestName = 130;

/** Pixels from the middle of a dot to its name, and from a name to the next dot. */
const gap = { dot: 12, entry: 22 };

/** One name in the strip. */
interface Entry {
  readonly text: string;
  /** Pixels from the start of the strip to the middle of the dot. */
  readonly left: number;
  readonly row: number;
  /** Of a class, which one it is. */
  readonly label?: number;
  /** Of a symbol, what it looks like. */
  readonly draw?: LegendSymbol["draw"];
}

/** The classes and symbols of a figure, in at most two rows. */
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
  const names = classNames.slice(0, 200).map((name, label) => ({
    text: shortenText(name, widestName),
    label,
  }));
  const last = symbols.map(({ name, draw }) => ({ text: shortenText(name, 2 * widestName), draw }));
  for (let listed = names.length;; listed--) {
    const rest = classNames.length - listed;
    const more = rest > 0 ? [{ text: `… and ${rest} more` }] : [];
    const entries = inRows([...names.slice(0, listed), ...more, ...last], width);
    const rows = (entries.at(-1)?.row ?? -1) + 1;
    if (rows > mostRows && listed > 0) continue;
    return { rows, draw: (frame, left, top) => drawEntries(frame, entries, left, top) };
  }
}

/**
 * Places entries one after another in a row; in columns where that takes several rows; and without
 * columns where those take more than a strip may have.
 */
function inRows(items: Omit<Entry, "left" | "row">[], width: number): Entry[] {
  const widths = items.map(({ text, label, draw }) =>
    textWidth(text) + (label === undefined && !draw ? 0 : gap.dot + 6)
  );
  const flow = inLines(widths, width, gap.entry)
    .map(({ left, line }, i) => ({ ...items[i], left: left + 6, row: line }));
  if ((flow.at(-1)?.row ?? 0) === 0) return flow;
  const column = Math.max(...widths) + gap.entry;
  const fitting = Math.max(1, Math.floor((width + gap.entry) / column));
  const rows = Math.ceil(items.length / fitting);
  if (rows > mostRows) return flow;
  const columns = Math.ceil(items.length / rows);
  return items.map((item, i) => ({
    ...item,
    left: i % columns * column + 6,
    row: Math.floor(i / columns),
  }));
}

function drawEntries(frame: Frame, entries: readonly Entry[], left: number, top: number): void {
  for (const { text, left: indent, row, label, draw } of entries) {
    const [x, y] = [left + indent, top + row * stripStep];
    if (label !== undefined) fillDisc(frame, x, y, 5.5, classColor(label));
    draw?.(frame, x, y);
    const plain = label === undefined && !draw;
    const color = label === undefined ? { color: quiet } : {};
    drawText(frame, text, plain ? x - 6 : x + gap.dot, y + 5, color);
  }
}
