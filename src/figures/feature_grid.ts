import { gridLayout, gridMargin } from "./feature_grid_layout.ts";
import { type Axis, linearAxis, tickLabels } from "./frame/axis.ts";
import { drawFeatures } from "./frame/features.ts";
import { drawHeading, type Heading } from "./frame/heading.ts";
import { legendStrip } from "./frame/legend_strip.ts";
import {
  drawCornerNote,
  drawGrid,
  drawTicksBelow,
  drawTicksLeft,
  type PlotArea,
  quiet,
} from "./frame/plot_area.ts";
import { checkRange2D, type Range2D, squareRange } from "./frame/range.ts";
import { checkSamples, type Samples } from "./frame/samples.ts";
import { centerSymbol } from "./frame/symbols.ts";
import { type Frame, newFrame } from "./paint/canvas.ts";
import { drawText, shortenNames, shortenText, textSize, textWidth } from "./paint/text.ts";

/** One plot of a {@linkcode featureGrid}. */
export interface FeatureCell extends Samples {
  /** A line above the plot, such as "98.2 % by nearest center". */
  caption?: string;
  /** What follows the caption and stays whole where a long caption is cut, such as an accuracy. */
  result?: string;
}

/** What {@linkcode featureGrid} draws. */
export interface FeatureGridOptions extends Heading {
  /** Rows of plots, all of one length; a place without samples stays empty. */
  cells: readonly (readonly (FeatureCell | undefined)[])[];
  /** Names for the legend, `[classes]`. */
  classNames: readonly string[];
  /** Writes each class's name at the median of its points; default: the legend alone names them. */
  classNumbers?: boolean;
  /** Names above the columns. */
  columnTitles?: readonly string[];
  /** Names beside the rows. */
  rowTitles?: readonly string[];
  /** Names of the two axes, written once; default "feature 1" and "feature 2". */
  axisLabels?: readonly [string, string];
  /** Side of a plot in pixels; default: 120 to 360, in a frame of 960 x 1100 where that holds them. */
  cellSize?: number;
}

/**
 * Draws feature spaces as small multiples: a square plot each, with one legend for all.
 *
 * Where all cells show the same range, only the outer ones have numbers at their axes. Points outside
 * a cell's range and points that are not finite are left out and counted in its corner. The size of
 * the frame follows from everything but the samples, so that frames of an animation agree where their
 * ranges and texts' presence do. Equal input gives equal bytes.
 *
 * Throws a `TypeError` where lengths do not fit together, and a `RangeError` for no cells, a label
 * without a class name, a range that is none, or cells of less than 80 pixels.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { featureGrid } from "../../figures.ts";
 *
 * const cell = {
 *   points: Float32Array.of(0, 0, 1, 1),
 *   labels: Uint8Array.of(0, 1),
 *   range: { xMin: -2, xMax: 2, yMin: -2, yMax: 2 },
 * };
 * const frame = featureGrid({
 *   title: "twice the same",
 *   columnTitles: ["training", "test"],
 *   cells: [[cell, cell]],
 *   classNames: ["zero", "one"],
 * });
 * assertEquals([frame.width, frame.height], [839, 535]);
 * ```
 */
export function featureGrid(options: FeatureGridOptions): Frame {
  const { cells, classNames, subtitle, columnTitles, rowTitles } = options;
  check(options);
  const given = cells.flat().filter((cell) => cell !== undefined);
  const ranges = given.map((cell) => JSON.stringify(squareRange(cell.range)));
  const shared = ranges.every((range) => range === ranges[0]);
  const symbols = given.some(({ centers }) => centers) ? [centerSymbol] : [];
  const numbers = given.flatMap(({ range }) =>
    axesOf(squareRange(range), Infinity).flatMap(tickLabels)
  );
  const layout = gridLayout({
    rows: cells.length,
    columns: cells[0].length,
    cellSize: options.cellSize,
    shared,
    tickWidth: Math.ceil(Math.max(0, ...numbers.map((text) => textWidth(text, textSize.small)))),
    legendRows: (width) => legendStrip(classNames, symbols, width).rows,
    has: {
      subtitle: subtitle !== undefined,
      columnTitles: columnTitles !== undefined,
      rowTitles: rowTitles !== undefined,
      captions: given.some(({ caption, result }) => (caption ?? result) !== undefined),
    },
  });
  const frame = newFrame(layout.width, layout.height);
  drawHeading(frame, gridMargin, options);
  legendStrip(classNames, symbols, layout.width - 2 * gridMargin)
    .draw(frame, gridMargin, layout.legendTop);
  drawNames(frame, layout, options);
  const captions = captionsOf(given, layout.areas[0][0].width);
  cells.forEach((row, r) =>
    row.forEach((cell, c) => {
      if (!cell) return;
      const numbers = {
        left: !shared || !row.slice(0, c).some((other) => other),
        below: !shared || !cells.slice(r + 1).some((other) => other[c]),
      };
      const area = layout.areas[r][c];
      drawText(frame, captions.get(cell)!, area.left, area.top - 8, { color: quiet });
      drawCell(frame, area, cell, options, numbers);
    })
  );
  return frame;
}

/** What stands over each cell: captions that begin alike differ when they are cut, and results are whole. */
function captionsOf(cells: readonly FeatureCell[], width: number): Map<FeatureCell, string> {
  const room = Math.min(
    ...cells.map(({ caption, result }) =>
      width - (caption && result ? textWidth(` · ${result}`) : 0)
    ),
  );
  const short = shortenNames(cells.map(({ caption = "" }) => caption), room);
  return new Map(cells.map((cell, i) => {
    const result = shortenText(cell.result ?? "", width);
    return [cell, [short[i], result].filter(Boolean).join(" · ")];
  }));
}

function drawCell(
  frame: Frame,
  area: PlotArea,
  cell: FeatureCell,
  { classNames, classNumbers }: FeatureGridOptions,
  numbers: { left: boolean; below: boolean },
): void {
  const range = squareRange(cell.range);
  const [x, y] = axesOf(range, area.width);
  drawGrid(frame, area, x, y);
  if (numbers.below) drawTicksBelow(frame, area, x, textSize.small);
  if (numbers.left) drawTicksLeft(frame, area, y, textSize.small);
  const scale = Math.min(1, Math.sqrt(area.width / 660));
  const style = { classNames, classNumbers, scale, clearance: 5 };
  drawCornerNote(frame, area, drawFeatures(frame, area, range, cell, style));
}

/** The axes of a small plot, `side` pixels long: fewer numbers where four would touch. */
function axesOf({ xMin, xMax, yMin, yMax }: Range2D, side: number): [Axis, Axis] {
  const axes = (count: number): [Axis, Axis] => [
    linearAxis(xMin, xMax, count),
    linearAxis(yMin, yMax, count),
  ];
  const labels = tickLabels(axes(4)[0]);
  const widest = Math.max(0, ...labels.map((label) => textWidth(label, textSize.small)));
  return axes((widest + 8) * labels.length > side ? 2 : 4);
}

/** Writes what stands around the plots. */
function drawNames(
  frame: Frame,
  { areas, columnTitles, rowTitles, height }: ReturnType<typeof gridLayout>,
  options: FeatureGridOptions,
): void {
  const { axisLabels = ["feature 1", "feature 2"] } = options;
  const [first, last] = [areas[0][0], areas.at(-1)!.at(-1)!];
  const [right, bottom] = [last.left + last.width, last.top + last.height];
  const size = textSize.heading;
  options.columnTitles?.forEach((title, c) => {
    const { left, width } = areas[0][c];
    drawText(frame, shortenText(title, width, size), left, columnTitles, { size });
  });
  options.rowTitles?.forEach((title, r) => {
    const { top, height } = areas[r][0];
    const text = shortenText(title, height, size);
    const style = { size, align: "center", upwards: true } as const;
    drawText(frame, text, rowTitles, top + height / 2, style);
  });
  const quietly = { color: quiet, align: "center" } as const;
  drawText(frame, axisLabels[0], (first.left + right) / 2, height - 20, quietly);
  drawText(frame, axisLabels[1], gridMargin + 10, (first.top + bottom) / 2, {
    ...quietly,
    upwards: true,
  });
}

function check({ cells, classNames, columnTitles, rowTitles, cellSize }: FeatureGridOptions): void {
  const columns = cells[0]?.length ?? 0;
  if (!cells.some((row) => row.some((cell) => cell))) {
    throw new RangeError("Cannot draw a grid without cells: give at least one");
  }
  const ragged = cells.find((row) => row.length !== columns);
  if (ragged) {
    throw new TypeError(
      `Cannot draw rows of ${columns} and of ${ragged.length} cells: all must have one length`,
    );
  }
  for (
    const [name, titles, count] of [
      ["column", columnTitles, columns],
      ["row", rowTitles, cells.length],
    ] as const
  ) {
    if (titles && titles.length !== count) {
      throw new TypeError(
        `Cannot name ${count} ${name}s with ${titles.length} titles: each ${name} needs one`,
      );
    }
  }
  if (cellSize !== undefined && !(cellSize >= 80 && Number.isFinite(cellSize))) {
    throw new RangeError(`Cannot draw cells of ${cellSize} pixels: they need at least 80`);
  }
  for (const cell of cells.flat()) {
    if (!cell) continue;
    checkSamples(cell, classNames);
    checkRange2D(cell.range);
  }
}
