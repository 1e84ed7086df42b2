import { drawNamedCenter } from "./frame/symbols.ts";
import { blendPixel, type Frame, newFrame, type Point, type Rgb } from "./paint/canvas.ts";
import { hairline } from "./paint/hairline.ts";
import { classColor, tint } from "./paint/palette.ts";
import { strokeLine } from "./paint/stroke.ts";
import { drawText, shortenText, textSize } from "./paint/text.ts";

/** What {@linkcode pullMap} draws. */
export interface PullMapOptions {
  /** Places a side of the grid, from the top left, row by row; both ends are on the border. */
  side: number;
  /** The loss at each place, `[side * side]`. */
  values: ArrayLike<number>;
  /** Where a step against the gradient goes from there, `[side * side, 2]`, y upwards. */
  pulls: ArrayLike<number>;
  /** Half the side of the square that is shown, in units of the features. */
  reach: number;
  /** Of each class: its center, or its weight. */
  places: readonly Point[];
  /** Whether only directions count: classes are rays then. */
  rays?: boolean;
  /** Over the picture. */
  title: string;
}

const SIDE = 400, TOP = 40, MARGIN = 12;
/** Steps of colour, and how strong the lowest loss is. */
const BANDS = 9, STRONGEST = 0.75;
const DARK: Rgb = [34, 36, 40], QUIET: Rgb = [150, 154, 160];
/** From this ratio of the largest to the median on, logarithms are taken. */
const EXTREME = 1000;
/** Arrows a side, and the longest, in pixels. */
const ARROWS = 11, LONGEST = 30, HEAD = 6;
/** An arrow whose middle is nearer to the mark of a class would stick out from under it. */
const CLEAR = 16;

/**
 * Draws how a loss sees the plane of two features: the loss of a sample of the first class at each place, darker where it is less,
 * in steps, and arrows along which it is pulled, longer where it is pulled harder; both by the root, or by the logarithm where
 * the largest amount is a thousand times the median of those above 0. Places that are not finite stay white. Equal input gives
 * equal bytes.
 *
 * @throws {TypeError} When lengths do not fit the side.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const frame = pullMap({ side: 2, values: [0, 1, 1, 2], pulls: new Float32Array(8), reach: 1, places: [[0, 0]], title: "it" });
 * assertEquals([frame.width, frame.height], [424, 452]);
 * ```
 */
export function pullMap(options: PullMapOptions): Frame {
  const { side, values, pulls, reach, places, rays = false, title } = options;
  if (values.length !== side ** 2 || pulls.length !== 2 * side ** 2) {
    throw new TypeError(
      `Cannot draw pulls on ${side}x${side} places: there are ${values.length} values and ${pulls.length} numbers of pulls`,
    );
  }
  const frame = newFrame(SIDE + 2 * MARGIN, SIDE + TOP + MARGIN);
  drawValues(frame, side, values);
  const at = ([x, y]: Point): Point => [
    MARGIN + SIDE * (x / reach + 1) / 2,
    TOP + SIDE * (1 - y / reach) / 2,
  ];
  if (rays) {
    for (const [x, y] of places) {
      const far = reach / Math.max(Math.abs(x), Math.abs(y));
      hairline(frame, at([0, 0]), at([far * x, far * y]), QUIET);
    }
  }
  drawArrows(frame, side, pulls, places.map(at));
  places.forEach((place, k) => {
    const [x, y] = at(place);
    drawNamedCenter(frame, `${k}`, x, y);
  });
  drawText(frame, shortenText(title, SIDE), MARGIN, 27, { size: textSize.normal });
  return frame;
}

function drawValues(frame: Frame, side: number, values: ArrayLike<number>): void {
  const known = Array.from(values).filter(Number.isFinite).sort((a, b) => a - b);
  const low = known[0], high = known[known.length - 1], color = classColor(0);
  const spread = spreadOf(known.map((v) => v - low));
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const v = between(side, values, column / (SIDE - 1), row / (SIDE - 1));
      if (!Number.isFinite(v)) continue;
      const t = high > low ? spread(v - low) : 1;
      const band = Math.min(Math.floor(t * BANDS), BANDS - 1) / (BANDS - 1);
      const shade = tint(color, STRONGEST * (1 - band));
      blendPixel(frame, MARGIN + column, TOP + row, shade, 1);
    }
  }
}

/**
 * Amounts from 0 on as shares from 0 to 1: by the root, or by the logarithm where the largest is a thousand times the median.
 * Amounts of 0 do not count for either.
 */
function spreadOf(sorted: readonly number[]): (amount: number) => number {
  const some = sorted.filter((amount) => amount > 0), most = some[some.length - 1] ?? 1;
  const middle = some[Math.floor(some.length / 2)] ?? 1;
  if (most < EXTREME * middle) return (amount) => Math.sqrt(amount / most);
  // From what a twentieth of them stay below: else most places would be of one colour.
  const least = Math.max(some[Math.floor(some.length / 20)], most * 1e-12);
  return (amount) => Math.log1p(amount / least) / Math.log1p(most / least);
}

/** The value between grid places, `x` and `y` from 0 to 1. */
function between(side: number, values: ArrayLike<number>, x: number, y: number): number {
  const place = (t: number) => Math.min(Math.floor(t * (side - 1)), Math.max(side - 2, 0));
  const i = place(x), j = place(y), dx = x * (side - 1) - i, dy = y * (side - 1) - j;
  const of = (a: number, b: number) =>
    values[Math.min(j + b, side - 1) * side + Math.min(i + a, side - 1)];
  return (1 - dy) * ((1 - dx) * of(0, 0) + dx * of(1, 0)) +
    dy * ((1 - dx) * of(0, 1) + dx * of(1, 1));
}

function drawArrows(
  frame: Frame,
  side: number,
  pulls: ArrayLike<number>,
  marks: readonly Point[],
): void {
  const lengths = Array.from(
    { length: side ** 2 },
    (_, i) => Math.hypot(pulls[2 * i], pulls[2 * i + 1]),
  );
  const sorted = lengths.filter(Number.isFinite).sort((a, b) => a - b);
  const spread = spreadOf(sorted.slice(0, Math.ceil(0.98 * sorted.length)));
  for (let row = 0; row < ARROWS; row++) {
    for (let column = 0; column < ARROWS; column++) {
      const place = (n: number) => Math.round((n + 0.5) / ARROWS * (side - 1));
      const i = place(row) * side + place(column);
      const length = LONGEST * Math.min(spread(lengths[i]), 1);
      if (!(length >= 1.5)) continue;
      const [dx, dy] = [pulls[2 * i] / lengths[i], -pulls[2 * i + 1] / lengths[i]];
      const x = MARGIN + SIDE * place(column) / (side - 1);
      const y = TOP + SIDE * place(row) / (side - 1);
      if (marks.some(([markX, markY]) => Math.hypot(x - markX, y - markY) < CLEAR)) continue;
      const tip: Point = [x + dx * length / 2, y + dy * length / 2];
      const tail: Point = [x - dx * length / 2, y - dy * length / 2];
      const head = Math.min(HEAD, length / 2);
      const barb = (turn: number): Point => [
        tip[0] - head * (dx * Math.cos(turn) - dy * Math.sin(turn)),
        tip[1] - head * (dx * Math.sin(turn) + dy * Math.cos(turn)),
      ];
      const style = { color: DARK, width: 1.4 };
      strokeLine(frame, [tail, tip], style);
      strokeLine(frame, [barb(0.45), tip, barb(-0.45)], style);
    }
  }
}
