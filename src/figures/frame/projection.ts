import type { PlotArea } from "./plot_area.ts";
import type { Range2D } from "./range.ts";

/** Points of the feature plane as pixels, without those that cannot be shown. */
export interface Projected {
  /** Columns. */
  x: Float32Array;
  /** Rows. */
  y: Float32Array;
  /** Which of the given points each one is. */
  index: Int32Array;
  /** Points beyond the range. */
  outside: number;
  /** Points with a feature that is infinite or not a number. */
  notFinite: number;
}

/** Places points, `[n, 2]` row by row, in `area`, which shows `range`. */
export function project(points: Float32Array, range: Range2D, area: PlotArea): Projected {
  const count = points.length / 2;
  const [x, y] = [new Float32Array(count), new Float32Array(count)];
  const index = new Int32Array(count);
  const scale = area.width / (range.xMax - range.xMin);
  let [kept, outside, notFinite] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const [u, v] = [points[2 * i], points[2 * i + 1]];
    if (!Number.isFinite(u) || !Number.isFinite(v)) notFinite++;
    else if (u < range.xMin || u > range.xMax || v < range.yMin || v > range.yMax) outside++;
    else {
      x[kept] = area.left + (u - range.xMin) * scale;
      y[kept] = area.top + (range.yMax - v) * scale;
      index[kept++] = i;
    }
  }
  return {
    x: x.subarray(0, kept),
    y: y.subarray(0, kept),
    index: index.subarray(0, kept),
    outside,
    notFinite,
  };
}
