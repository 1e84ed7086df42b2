import type { Rgb } from "../paint/canvas.ts";
import { classColor } from "../paint/palette.ts";
import type { StrokeStyle } from "../paint/stroke.ts";

/** One line of a chart. */
export interface Series {
  /** Name in the legend. */
  name: string;
  /** Colour; `classColor(i)` for the i-th series without one. */
  color?: Rgb;
  /** A value for each epoch; what is not finite leaves a gap. */
  values: ArrayLike<number>;
  /** Goes on over gaps, with a mark at each value: for what is not measured in every epoch. */
  bridged?: boolean;
  /** A band around the line, such as the deviation over seeds: its two ends at each value; none where one is not finite. */
  band?: { readonly low: ArrayLike<number>; readonly high: ArrayLike<number> };
  /** Dashed, as for what is measured on the test set. */
  dashed?: boolean;
}

/** One chart among those side by side. */
export interface Panel {
  /** Heading, such as "losses". */
  title: string;
  /** Name and unit of the vertical axis. */
  yLabel: string;
  /** Lines, in drawing order. */
  series: readonly Series[];
  /** Logarithmic vertical axis; values that are not positive leave a gap. */
  log?: boolean;
}

/** The line of the series at `index` of a panel. */
export function strokeOf(series: Series, index: number): StrokeStyle {
  const color: Rgb = series.color ?? classColor(index);
  return series.dashed ? { width: 1.8, color, dash: [5, 4.5] } : { width: 2, color };
}

/** The series in runs of neighbours that can be drawn: pairs of index and value. */
export function unbroken(series: Series, log = false): [index: number, value: number][][] {
  const runs: [number, number][][] = [];
  let open = false;
  for (let i = 0; i < series.values.length; i++) {
    const value = series.values[i];
    const drawable = Number.isFinite(value) && (!log || value > 0);
    if (drawable && !open) runs.push([]);
    if (drawable) runs[runs.length - 1].push([i, value]);
    open = drawable || series.bridged === true && runs.length > 0;
  }
  return runs;
}

/** The band of a series in runs of neighbours: pairs of index and its two ends. */
export function bandOf(
  { band }: Series,
  log = false,
): [index: number, ends: readonly [low: number, high: number]][][] {
  if (!band) return [];
  const { low, high } = band;
  // A sum is finite where both are, and on a logarithmic axis the lower end decides.
  const drawable = Array.from(low, (value, i) => Number.isFinite(value + high[i]) ? value : NaN);
  return unbroken({ name: "", values: drawable }, log).map((run) =>
    run.map(([i]) => [i, [low[i], high[i]]])
  );
}
