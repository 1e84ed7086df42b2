import type { PlotArea } from "./plot_area.ts";
import { textSize } from "./text.ts";

/** What decides where the parts of a grid of plots lie. */
export interface GridParts {
  /** Plots from top to bottom. */
  rows: number;
  /** Plots from left to right. */
  columns: number;
  /** Side of a plot in pixels; without it, the largest that keeps the frame handy. */
  cellSize?: number;
  /** Whether only the plots at the left and below have numbers. */
  shared: boolean;
  /** Pixels of the widest number beside a plot. */
  tickWidth: number;
  /** Rows of the legend, for a frame of a given width. */
  legendRows: (width: number) => number;
  /** Whether there is a second line, a name over each column, beside each row, a caption. */
  has: { subtitle: boolean; columnTitles: boolean; rowTitles: boolean; captions: boolean };
}

/** Where the parts lie, in pixels of the frame. */
export interface GridLayout {
  /** Columns of the frame. */
  width: number;
  /** Rows of the frame. */
  height: number;
  /** The middle of the legend's first row. */
  legendTop: number;
  /** Baseline of the columns' names. */
  columnTitles: number;
  /** Baseline, written upwards, of the rows' names. */
  rowTitles: number;
  /** The plots, row by row. */
  areas: PlotArea[][];
}

/** Pixels from the frame's edge to what is written. */
export const gridMargin = 28;

/** Frames are this wide at most, unless plots get a size: GitHub shows a README no wider. */
const handy = { width: 960, height: 960, cell: 360 };

/** Rows of a caption, columns of upright names, rows of the numbers below a plot. */
const room = { caption: 22, upright: 22, ticks: textSize.small + 12 };

/** Lays a grid out. */
export function gridLayout(parts: GridParts): GridLayout {
  const { rows, columns, shared, tickWidth, has } = parts;
  const left = gridMargin + room.upright + (has.rowTitles ? room.upright : 0) + tickWidth + 8;
  const across = shared ? 16 : tickWidth + 26;
  const caption = has.captions ? room.caption : 0;
  const down = caption + (shared ? 16 : room.ticks + 12);
  const bottom = room.ticks + 34;
  const beside = left + (columns - 1) * across + gridMargin;
  const above = (has.subtitle ? 64 : 38) + 30;
  const about = above + 22 + (has.columnTitles ? 24 : 0) + caption + (rows - 1) * down + bottom;
  const side = Math.round(
    parts.cellSize ?? Math.max(
      120,
      Math.min(
        handy.cell,
        (handy.width - beside) / columns,
        (handy.height - about) / rows,
      ),
    ),
  );
  const width = Math.ceil(beside + columns * side);
  const legend = parts.legendRows(width - 2 * gridMargin) * 22;
  const columnTitles = above + legend + 16;
  const top = above + legend + (has.columnTitles ? 28 : 4) + caption;
  return {
    width,
    height: top + rows * side + (rows - 1) * down + bottom,
    legendTop: above,
    columnTitles,
    rowTitles: gridMargin + room.upright + 14,
    areas: Array.from({ length: rows }, (_, r) =>
      Array.from({ length: columns }, (_, c) => ({
        left: Math.round(left + c * (side + across)),
        top: Math.round(top + r * (side + down)),
        width: side,
        height: side,
      }))),
  };
}
