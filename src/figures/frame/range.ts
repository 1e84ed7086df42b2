import { described } from "../../base/choice.ts";

/** The part of the feature plane that a figure shows, in feature units. */
export interface Range2D {
  /** Left border. */
  xMin: number;
  /** Right border. */
  xMax: number;
  /** Lower border. */
  yMin: number;
  /** Upper border. */
  yMax: number;
}

/** Points looked at per epoch; quantiles of more would not differ visibly. */
const sampleSize = 8192;

/** How much wider than the last epoch needs a range may be, for the sake of those before it. */
const MOST = 1.3;

/**
 * One square range for all epochs of an animation, so that growth and collapse can be seen.
 *
 * The last epoch is the result, so it decides: its 0.5 % to 99.5 % quantile on each axis, stretched by
 * up to 15 % to take in what lies just beyond, and its centers, unless the features would then fill
 * less than a quarter of the side. Where the others of the second half of the epochs need more, the
 * range grows towards them, up to 1.3 times as wide. It is widened to a square and given a margin.
 * Non-finite points are skipped; epochs without any other count for nothing. What an early or a wild
 * epoch has beyond the range, a figure leaves out and counts.
 *
 * @param epochs Features of each epoch, `[n, 2]` row by row.
 * @param centers Those of the last epoch, in the same form.
 * @returns A square of positive width, around 0 and two units wide where there are no points.
 * @throws {TypeError} For features that are not in a list.
 *
 * @example
 * ```ts
 * import { assert } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { featureRange } from "../../../figures.ts";
 *
 * const range = featureRange([Float32Array.of(1e6, -1e6, 1e6, 1e6), Float32Array.of(-3, 0, 3, 1)]);
 * assert(range.xMin < -3 && range.xMax > 3 && range.xMax < 5);
 * ```
 */
export function featureRange(
  epochs: Iterable<Float32Array>,
  centers: Float32Array = new Float32Array(),
): Range2D {
  if (typeof epochs?.[Symbol.iterator] !== "function" || ArrayBuffer.isView(epochs)) {
    throw new TypeError(
      `Cannot take the range of ${described(epochs)}: give a list of the features of each epoch`,
    );
  }
  const extents = [...epochs].map(extentOf).filter((extent) => extent !== undefined);
  if (extents.length === 0) return { xMin: -1, xMax: 1, yMin: -1, yMax: 1 };
  const last = extents[extents.length - 1], [xs, ys] = finitePoints(centers);
  const places = Array.from(xs, (x, i) => ({ xMin: x, xMax: x, yMin: ys[i], yMax: ys[i] }));
  const both = rangeAround([last, ...places]);
  const needed = width(both) <= 4 * width(last) ? both : last;
  const wanted = rangeAround([needed, ...extents.slice(extents.length >> 1)]);
  return squareRange(within(wanted, squareRange(needed, (MOST - 1) / 2)), 0.04);
}

const BORDERS = ["xMin", "xMax", "yMin", "yMax"] as const;

/**
 * Refuses what is no range: a figure would show nothing, or another part of the plane.
 *
 * @throws {TypeError} For what is no object.
 * @throws {RangeError} For a border that is not finite, or missing, and for one that is beyond the opposite one.
 */
export function checkRange2D(range: Range2D): void {
  if (typeof range !== "object" || range === null) {
    throw new TypeError(
      `Cannot draw the range ${described(range)}: give { ${
        BORDERS.join(", ")
      } }, such as featureRange() makes`,
    );
  }
  const borders = BORDERS.map((border) => range[border]);
  const found = BORDERS.map((border) => `${border} ${described(range[border])}`).join(", ");
  if (!borders.every(Number.isFinite)) {
    throw new RangeError(`Cannot draw the range of ${found}: all borders must be finite`);
  }
  const [xMin, xMax, yMin, yMax] = borders;
  if (xMin <= xMax && yMin <= yMax) return;
  throw new RangeError(`Cannot draw the range of ${found}: no min may be above its max`);
}

/** What is in both of two ranges. */
function within(a: Range2D, b: Range2D): Range2D {
  return {
    xMin: Math.max(a.xMin, b.xMin),
    xMax: Math.min(a.xMax, b.xMax),
    yMin: Math.max(a.yMin, b.yMin),
    yMax: Math.min(a.yMax, b.yMax),
  };
}

/**
 * The smallest range that holds all of these; one without any is Infinity to -Infinity.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { rangeAround } from "../../../figures.ts";
 *
 * const left = { xMin: -2, xMax: 0, yMin: 0, yMax: 1 }, right = { xMin: -1, xMax: 3, yMin: -1, yMax: 0 };
 * assertEquals(rangeAround([left, right]), { xMin: -2, xMax: 3, yMin: -1, yMax: 1 });
 * ```
 */
export function rangeAround(ranges: readonly Range2D[]): Range2D {
  return {
    xMin: Math.min(...ranges.map(({ xMin }) => xMin)),
    xMax: Math.max(...ranges.map(({ xMax }) => xMax)),
    yMin: Math.min(...ranges.map(({ yMin }) => yMin)),
    yMax: Math.max(...ranges.map(({ yMax }) => yMax)),
  };
}

/**
 * The smallest square around `range`, about the same middle, with `margin` times its width added on
 * every side. A range without width becomes one of width 2, or wider where float32 needs it.
 */
export function squareRange(range: Range2D, margin = 0): Range2D {
  const x = (range.xMin + range.xMax) / 2;
  const y = (range.yMin + range.yMax) / 2;
  const resolution = 1e-5 * Math.max(Math.abs(x), Math.abs(y));
  const wide = width(range);
  const half = wide > Math.max(resolution, 1e-12)
    ? wide * (0.5 + margin)
    : Math.max(1, 1e3 * resolution);
  return { xMin: x - half, xMax: x + half, yMin: y - half, yMax: y + half };
}

/** The longer side. */
function width(range: Range2D): number {
  return Math.max(range.xMax - range.xMin, range.yMax - range.yMin);
}

/** Where the bulk of one epoch lies, or `undefined` where no point is finite. */
function extentOf(points: Float32Array): Range2D | undefined {
  const [xs, ys] = finitePoints(points);
  if (xs.length === 0) return undefined;
  const [xMin, xMax] = bulk(xs);
  const [yMin, yMax] = bulk(ys);
  return { xMin, xMax, yMin, yMax };
}

/** First and second features of an even sample of the points whose features are both finite. */
function finitePoints(points: Float32Array): [Float32Array, Float32Array] {
  const count = points.length >> 1;
  const stride = Math.max(1, Math.ceil(count / sampleSize));
  const xs = new Float32Array(Math.ceil(count / stride));
  const ys = new Float32Array(xs.length);
  let kept = 0;
  for (let i = 0; i < count; i += stride) {
    const [x, y] = [points[2 * i], points[2 * i + 1]];
    if (Number.isFinite(x) && Number.isFinite(y)) [xs[kept], ys[kept++]] = [x, y];
  }
  return [xs.subarray(0, kept), ys.subarray(0, kept)];
}

/** The inner 99 % of the values, stretched by up to 15 % towards the extremes. Sorts `values`. */
export function bulk(values: Float32Array): [number, number] {
  values.sort();
  const tail = Math.floor(0.005 * (values.length - 1));
  const [low, high] = [values[tail], values[values.length - 1 - tail]];
  const stretch = 0.15 * (high - low);
  return [Math.max(values[0], low - stretch), Math.min(values[values.length - 1], high + stretch)];
}
