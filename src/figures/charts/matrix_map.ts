import { onlyOptions } from "../../base/choice.ts";
import { signed } from "../../base/format.ts";
import { fillRectangle, type Frame, newFrame, type Rgb, white } from "../paint/canvas.ts";
import { divergingColor } from "./diverging.ts";
import { drawHeading, type Heading } from "../frame/heading.ts";
import { quiet } from "../frame/plot_area.ts";
import { drawText, ink, shortenNames, textSize, textWidth } from "../paint/text.ts";

/** What {@linkcode matrixMap} draws. */
export interface MatrixMapOptions extends Heading {
  /** Correlations from -1 to 1, `[n, n]` row by row; one that is not finite is unknown. */
  values: ArrayLike<number>;
  /** What rows and columns stand for, `[n]`. */
  names: readonly string[];
  /** What the colour bar shows; default "correlation". */
  unit?: string;
}

/** More rows than this have no numbers in their cells. */
const written = 16;

/** Pixels that cells take together, about; no cell is larger than `largest`, or below `least`. */
const side = { together: 620, largest: 56, least: 4 };

/** Pixels around: the frame's edge, the names, the colour bar with its numbers. */
const margin = { edge: 28, gap: 8, bar: 112, bottom: 28 };

/** Pixels that the longest name gets. */
const widestName = 120;

/** Unknown values. */
const unknown: Rgb = [217, 220, 225];

/** How far a correlation may leave -1..1 by rounding. */
const rounding = 1e-6;

/**
 * Draws a square matrix of correlations: a cell each from blue (-1) over near white (0) to red (1),
 * names above and at the left, and a colour bar.
 *
 * Up to 16 rows have their values written in the cells, with two digits. Of many names every second,
 * third, ... is written. Values that are not finite are grey. Equal input gives equal bytes.
 *
 * Throws a `TypeError` unless there are `n * n` values for `n` names, and a `RangeError` for none or
 * for a value beyond -1..1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { matrixMap } from "../../../figures.ts";
 *
 * const frame = matrixMap({
 *   title: "two centers",
 *   values: [1, -0.4, -0.4, 1],
 *   names: ["0", "1"],
 * });
 * assertEquals([frame.width, frame.height], [480, 225]);
 * ```
 */
export function matrixMap(options: MatrixMapOptions): Frame {
  const given = onlyOptions("draw a matrix", options, [
    "values",
    "names",
    "title",
    "subtitle",
    "unit",
  ]);
  const { values, names, subtitle, unit = "correlation" } = given;
  check(options);
  const n = names.length;
  const cell = Math.max(side.least, Math.min(side.largest, Math.floor(side.together / n)));
  const size = cell >= 18 ? textSize.normal : textSize.small;
  const texts = shortenNames(names, widestName, size);
  const widest = Math.ceil(Math.max(...texts.map((text) => textWidth(text, size))));
  // Names stand upright where they would touch.
  const upright = widest > cell - 6;
  const cells = {
    left: margin.edge + widest + margin.gap,
    top: (subtitle === undefined ? 56 : 82) + (upright ? widest : Math.ceil(size)) + margin.gap,
    cell,
  };
  const frame = newFrame(
    Math.max(480, cells.left + n * cell + margin.bar + margin.edge),
    cells.top + Math.max(n * cell, leastBar) + margin.bottom,
  );
  drawHeading(frame, margin.edge, options);
  drawNames(frame, cells, texts, size, upright);
  drawCells(frame, cells, values, n);
  drawBar(frame, cells.left + n * cell + 32, cells.top, n * cell, unit);
  return frame;
}

/** Where the cells are, and how large. */
interface Cells {
  left: number;
  top: number;
  cell: number;
}

/** Pixels a colour bar needs for its numbers. */
const leastBar = 120;

function drawNames(
  frame: Frame,
  { left, top, cell }: Cells,
  texts: readonly string[],
  size: number,
  upright: boolean,
): void {
  const step = Math.ceil((size + 2) / cell);
  const half = Math.round(0.36 * size);
  for (let i = 0; i < texts.length; i += step) {
    const middle = (i + 0.5) * cell;
    const row = top + middle + half;
    drawText(frame, texts[i], left - margin.gap, row, { size, align: "right" });
    if (upright) {
      const column = left + middle + half;
      drawText(frame, texts[i], column, top - margin.gap, { size, upwards: true });
    } else {
      drawText(frame, texts[i], left + middle, top - margin.gap, { size, align: "center" });
    }
  }
}

function drawCells(
  frame: Frame,
  { left, top, cell }: Cells,
  values: ArrayLike<number>,
  n: number,
): void {
  // A white line between large cells; small ones touch.
  const line = cell >= 12 ? 1 : 0;
  for (let i = 0; i < n * n; i++) {
    const [x, y] = [left + i % n * cell, top + Math.floor(i / n) * cell];
    const known = Number.isFinite(values[i]);
    const color = known ? divergingColor(values[i]) : unknown;
    const side = cell - line;
    fillRectangle(frame, { left: x, top: y, width: side, height: side }, color);
    if (n > written) continue;
    const size = cell >= 44 ? textSize.normal : textSize.small;
    const text = known ? signed(values[i]) : "–";
    drawText(frame, text, x + (cell - line) / 2, y + cell / 2 + 0.36 * size, {
      size,
      color: darkness(color) > 0.5 ? white : ink,
      align: "center",
    });
  }
}

function drawBar(frame: Frame, left: number, top: number, height: number, unit: string): void {
  const width = 16;
  const tall = Math.max(leastBar, Math.min(height, 320));
  for (let y = 0; y < tall; y++) {
    const color = divergingColor(1 - 2 * (y + 0.5) / tall);
    fillRectangle(frame, { left, top: top + y, width, height: 1 }, color);
  }
  const style = { size: textSize.small, color: quiet };
  for (const value of [1, 0.5, 0, -0.5, -1]) {
    const y = top + Math.min(tall - 1, Math.round((1 - value) / 2 * tall));
    fillRectangle(frame, { left: left + width, top: y, width: 4, height: 1 }, quiet);
    drawText(frame, `${value}`.replace("-", "−"), left + width + 8, y + 4, style);
  }
  drawText(frame, unit, left + width + 48, top + tall / 2, {
    color: quiet,
    align: "center",
    upwards: true,
  });
}

/** 0 for white, 1 for black, with the usual weights of the eye. */
function darkness([red, green, blue]: Rgb): number {
  return 1 - (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}

function check({ values, names }: MatrixMapOptions): void {
  const n = names.length;
  if (n === 0) throw new RangeError("Cannot draw a matrix without names: give at least one");
  if (values.length !== n * n) {
    throw new TypeError(
      `Cannot draw ${values.length} values with ${n} names: it must be ${n} x ${n}`,
    );
  }
  for (let i = 0; i < values.length; i++) {
    if (Math.abs(values[i]) > 1 + rounding) {
      throw new RangeError(`Cannot draw the correlation ${values[i]}: it must lie from -1 to 1`);
    }
  }
}
