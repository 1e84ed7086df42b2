/** Where each class is, for dots that hide each other: a line around its densest half. */
import { blendPixel, type Frame, type Point, type Rgb, white } from "../paint/canvas.ts";
import type { Dots } from "../paint/dots.ts";
import { classColor } from "../paint/palette.ts";
import { strokeLine } from "../paint/stroke.ts";
import { CELL, Density } from "./density.ts";
import type { Anchor } from "../frame/class_labels.ts";
import type { LegendSymbol } from "../frame/legend.ts";
import { type PlotArea, quiet } from "../frame/plot_area.ts";

/** The share of a class's dots within its line. */
const SHARE = 0.5;

/** Pixels across the line, and of the white on each side of it. */
const WIDTH = 2.2, CASING = 1.4;

/** Lines are drawn up to this share of the highest density; dots in one place would have theirs at the summit itself. */
const HIGHEST = 0.8;

/** A class of fewer dots has no line. */
const LEAST_DOTS = 20;

/** Whether a class has so many samples that it may have a line. */
export function haveLines(labels: ArrayLike<number>, classes: number): boolean {
  const counts = new Array<number>(classes).fill(0);
  for (let i = 0; i < labels.length; i++) counts[labels[i]]++;
  return counts.some((count) => count >= LEAST_DOTS);
}

/** Pixels around a line within which a name that stands there names the line, too. */
const NEAR = 12;

/** Pixels across a square of which a line keeps one place: enough to follow it by. */
const SQUARE = 6;

/** What the legend says about the lines: a lying loop, which no center looks like. */
export const contourSymbol: LegendSymbol = {
  name: "densest half of a class",
  draw(frame, x, y) {
    const loop = Array.from({ length: 33 }, (_, i): Point => {
      const angle = i * Math.PI / 16;
      return [x + 8 * Math.cos(angle), y + 4.5 * Math.sin(angle)];
    });
    strokeLine(frame, loop, { width: WIDTH, color: quiet });
  },
};

/**
 * Draws, for each class, the line of equal density around the densest places that hold half of its dots, in the class's colour
 * with white on both sides.
 *
 * @param named Names of classes that stand elsewhere, as at their centers.
 * @returns For each closed piece of a line that does not lie around that place, one on it that is clear of the other lines: its
 * name makes it legible without colour.
 */
export function drawContours(
  frame: Frame,
  area: PlotArea,
  dots: Dots,
  classNames: readonly string[],
  named: readonly Anchor[],
): Anchor[] {
  const byClass = classNames.map((): number[] => []);
  for (let i = 0; i < dots.x.length; i++) byClass[dots.label[i]].push(i);
  const lines = byClass.map((members, k) => {
    if (members.length < LEAST_DOTS) return [];
    const density = new Density(area, dots, members);
    const heights = Float64Array.from(members, (i) => density.at(dots.x[i], dots.y[i])[0]).sort();
    const middle = heights[Math.floor((1 - SHARE) * members.length)];
    const level = Math.min(middle, HIGHEST * heights.at(-1)!);
    return drawLine(frame, area, density, level, classColor(k));
  });
  return lines.flatMap((pieces, k) => {
    const name = classNames[k], own = named.filter((it) => it.name === name);
    const unnamed = pieces.filter((places) => !own.some((place) => liesAround(places, place)));
    const others = [
      ...named.map(({ x, y }): Point => [x, y]),
      ...lines.flatMap((of, other) => other === k ? [] : of.flat()),
    ];
    return unnamed.map((places) => {
      const [x, y] = farthest(places, others);
      return { name, x, y };
    });
  });
}

/**
 * Draws where a density has a level. A pixel is as far from the line as its density from the level, by the slope there.
 *
 * @returns Places that the line goes through, for each closed piece of it.
 */
function drawLine(
  frame: Frame,
  { left, top, width, height }: PlotArea,
  density: Density,
  level: number,
  color: Rgb,
): Point[][] {
  const across = Math.ceil(width / SQUARE) + 2, squares = new Map<number, Point>();
  // The plot's own border stays.
  for (const [firstColumn, firstRow] of density.cellsNear(level)) {
    for (let i = 0; i < CELL * CELL; i++) {
      const column = firstColumn + i % CELL, row = firstRow + Math.floor(i / CELL);
      if (column < 1 || row < 1 || column >= width - 1 || row >= height - 1) continue;
      const x = left + column, y = top + row;
      const [value, alongX, alongY] = density.at(x + 0.5, y + 0.5);
      const away = Math.abs(value - level) / Math.hypot(alongX, alongY);
      const casing = Math.min(1, WIDTH / 2 + CASING + 0.5 - away);
      // Where the density is level, there is no way to its line: the distance is not a number.
      if (!(casing > 0)) continue;
      blendPixel(frame, x, y, white, 0.8 * casing);
      const share = Math.min(1, WIDTH / 2 + 0.5 - away);
      if (share > 0) blendPixel(frame, x, y, color, share);
      const square = (Math.floor(row / SQUARE) + 1) * across + Math.floor(column / SQUARE) + 1;
      if (away < 0.6 && !squares.has(square)) squares.set(square, [x + 0.5, y + 0.5]);
    }
  }
  return connected(squares, across);
}

/** Places of squares that touch each other, in groups; takes the map apart. */
function connected(squares: Map<number, Point>, across: number): Point[][] {
  const pieces: Point[][] = [];
  for (const start of squares.keys()) {
    const piece: Point[] = [];
    const open = [start];
    for (let square = open.pop(); square !== undefined; square = open.pop()) {
      const place = squares.get(square);
      if (!place) continue;
      squares.delete(square);
      piece.push(place);
      for (const step of [-across, 0, across]) {
        open.push(square + step - 1, square + step, square + step + 1);
      }
    }
    pieces.push(piece);
  }
  return pieces;
}

/** Whether the square around a line, a little larger, has a place in it. */
function liesAround(places: readonly Point[], { x, y }: Anchor): boolean {
  const within = (value: number, of: number[]) =>
    value > Math.min(...of) - NEAR && value < Math.max(...of) + NEAR;
  return within(x, places.map(([x]) => x)) && within(y, places.map(([, y]) => y));
}

/** The place that is farthest from all others. */
function farthest(places: readonly Point[], others: readonly Point[]): Point {
  let best = places[0], most = -1;
  for (const place of places) {
    let nearest = Infinity;
    for (const [x, y] of others) {
      nearest = Math.min(nearest, (x - place[0]) ** 2 + (y - place[1]) ** 2);
    }
    if (nearest > most) [best, most] = [place, nearest];
  }
  return best;
}
