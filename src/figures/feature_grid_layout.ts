import { stripStep } from "./frame/legend_strip.ts";
import type { PlotArea } from "./frame/plot_area.ts";
import { textSize } from "./paint/text.ts";

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
interface GridLayout {
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

/**
 * Frames are this large at most, unless plots get a size: GitHub shows a README hardly wider, and
 * three rows need the height.
 */
const handy = { width: 960, height: 1100, cell: 360 };

/** Plots are never smaller, however large the frame gets: the numbers at their axes need it. */
const least = 120;

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
  const names = (has.columnTitles ? 28 : 4) + caption;
  const widthOf = (side: number) => beside + columns * side;
  const heightOf = (side: number, legend: number) =>
    above + legend + names + rows * side + (rows - 1) * down + bottom;
  const sideFor = (legend: number) =>
    Math.max(
      least,
      Math.min(
        handy.cell,
        Math.floor((handy.width - widthOf(0)) / columns),
        Math.floor((handy.height - heightOf(0, legend)) / rows),
      ),
    );
  const legendOf = (side: number) => parts.legendRows(widthOf(side) - 2 * gridMargin) * stripStep;
  let side = Math.round(parts.cellSize ?? sideFor(0));
  let legend = legendOf(side);
  if (parts.cellSize === undefined) {
    // A higher legend leaves lower plots, in a narrower frame, whose legend may be higher again.
    for (let taken = 0; legend > taken; legend = legendOf(side)) {
      taken = legend;
      side = sideFor(taken);
    }
  }
  const top = above + legend + names;
  return {
    width: widthOf(side),
    height: heightOf(side, legend),
    legendTop: above,
    columnTitles: above + legend + 16,
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
