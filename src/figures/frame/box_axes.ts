import { type Axis, linearAxis, niceTicks, tickLabels } from "./axis.ts";
import type { Frame, Point, Rgb } from "../paint/canvas.ts";
import { hairline } from "../paint/hairline.ts";
import { quiet } from "./plot_area.ts";
import { fillPolygon } from "../paint/pureimage.ts";
import type { Perspective } from "./perspective.ts";
import { drawText, textSize, textWidth } from "../paint/text.ts";

const faceColor: Rgb = [249, 250, 251];
const gridColor: Rgb = [229, 232, 236];
const edgeColor: Rgb = [186, 191, 199];

/** Pixels between an edge, its numbers and its name. */
const gap = 8;

/** Numbers at an axis whose unit is not that of the box. */
interface Scale {
  /** Where they stand, in units of the box. */
  ticks: readonly number[];
  /** What they say. */
  labels: readonly string[];
}

/**
 * Draws the three faces of the box that lie behind everything in it, with a grid, and beside three
 * edges the numbers and the names of the axes.
 *
 * @param heights Numbers of the third axis; default: those of the box.
 */
export function drawBox(
  frame: Frame,
  perspective: Perspective,
  names: readonly [string, string, string],
  heights?: Scale,
): void {
  const sides = sidesOf(perspective, heights);
  const pixel: PixelAt = (k, value, a, b) => {
    const point: [number, number, number] = [0, 0, 0];
    [point[k], point[(k + 1) % 3], point[(k + 2) % 3]] = [value, a, b];
    const { x, y } = perspective.project(point);
    return [x, y];
  };
  for (const { k, back, i, j } of sides) {
    const corners = [[i.low, j.low], [i.high, j.low], [i.high, j.high], [i.low, j.high]];
    fillPolygon(frame, corners.map(([a, b]) => pixel(k, back, a, b)), faceColor);
  }
  for (const { k, axis, i, j } of sides) {
    for (const tick of axis.ticks) {
      hairline(frame, pixel(k, tick, i.back, j.low), pixel(k, tick, i.back, j.high), gridColor);
      hairline(frame, pixel(k, tick, i.low, j.back), pixel(k, tick, i.high, j.back), gridColor);
    }
  }
  for (const { k, low, high, i, j } of sides) {
    for (const [a, b] of [[i.back, j.back], [i.front, j.back], [i.back, j.front]]) {
      hairline(frame, pixel(k, low, a, b), pixel(k, high, a, b), edgeColor);
    }
  }
  for (const side of sides) drawScale(frame, pixel, side, names[side.k], heights !== undefined);
}

/** Where the point with the coordinate `value` on axis `k`, and `a` and `b` on the next two, lies on the frame. */
type PixelAt = (k: number, value: number, a: number, b: number) => Point;

/** An axis: its ends by value and by distance from the eye, and the next two axes. */
interface Side {
  readonly k: number;
  readonly low: number;
  readonly high: number;
  readonly back: number;
  readonly front: number;
  readonly axis: Axis;
  readonly labels: readonly string[];
  readonly i: Side;
  readonly j: Side;
}

function sidesOf({ box: { low, high }, towards }: Perspective, heights?: Scale): Side[] {
  // One step for all, because they have one scale.
  const longest = Math.max(...low.map((v, k) => high[k] - v));
  const [first, second] = linearAxis(0, longest, 5).ticks;
  // Heights have numbers at their ends, so the others keep further away from theirs.
  const air = heights ? 0.1 : 0.04;
  const axes = [0, 1, 2].map((k) => innerAxis(low[k], high[k], second - first, air));
  const labels = axes.map(tickLabels);
  if (heights) {
    axes[2] = { ...axes[2], ticks: heights.ticks };
    labels[2] = [...heights.labels];
  }
  const sides: Side[] = [0, 1, 2].map((k) => ({
    k,
    low: low[k],
    high: high[k],
    back: towards[k] >= 0 ? low[k] : high[k],
    front: towards[k] >= 0 ? high[k] : low[k],
    axis: axes[k],
    labels: labels[k],
    get i() {
      return sides[(k + 1) % 3];
    },
    get j() {
      return sides[(k + 2) % 3];
    },
  }));
  return sides;
}

/** An axis without ticks close to its ends, where they would meet those of another. */
function innerAxis(min: number, max: number, step: number, share: number): Axis {
  const air = share * (max - min);
  const ticks = niceTicks(min, max, (max - min) / step)
    .filter((tick) => tick > min + air && tick < max - air);
  return { min, max, log: false, ticks };
}

/**
 * Numbers and name of an axis, outside of one of the edges of drawn faces that are in front. Edges
 * lean: `clear` keeps an upright name off all numbers, however long the edge.
 */
function drawScale(frame: Frame, pixel: PixelAt, side: Side, name: string, clear: boolean) {
  const { k, low, high, axis, labels, i, j } = side;
  const middle = (low + high) / 2;
  const edges = [
    { a: i.front, b: j.back, outA: (i.front - i.back) * 0.1, outB: 0 },
    { a: i.back, b: j.front, outA: 0, outB: (j.front - j.back) * 0.1 },
  ];
  // The lower one, but of upright edges the left.
  const [{ a, b, outA, outB }] = edges.toSorted((e, f) => {
    const [[ex, ey], [fx, fy]] = [e, f].map(({ a, b }) => pixel(k, middle, a, b));
    return k === 2 ? ex - fx : fy - ey;
  });
  /** A point of the edge, and the direction on the frame that leads out of the box there. */
  const edge = (value: number) => {
    const [x, y] = pixel(k, value, a, b);
    const [x1, y1] = pixel(k, value, a + outA, b + outB);
    const length = Math.hypot(x1 - x, y1 - y) || 1;
    return { x, y, dx: (x1 - x) / length, dy: (y1 - y) / length };
  };
  const size = textSize.small;
  let leftmost = Infinity;
  axis.ticks.forEach((tick, n) => {
    const { x, y, dx, dy } = edge(tick);
    // Off the edge by half of the text's own extent in that direction.
    const half = textWidth(labels[n], size) / 2;
    const column = x + dx * (gap + half);
    leftmost = Math.min(leftmost, column - half);
    drawText(frame, labels[n], column, y + dy * (gap + 5) + 4, {
      size,
      color: quiet,
      align: "center",
    });
  });
  const { x, y, dx, dy } = edge(middle);
  const widest = Math.max(0, ...labels.map((label) => textWidth(label, size)));
  const column = x + dx * (3 * gap + widest);
  if (k === 2) {
    const free = clear ? Math.min(column, leftmost - gap) : column;
    drawText(frame, name, free, y, { color: quiet, align: "center", upwards: true });
  } else {
    const row = y + dy * (3 * gap + 10) + 6;
    drawText(frame, name, column, row, { color: quiet, align: dx < 0 ? "right" : "left" });
  }
}
