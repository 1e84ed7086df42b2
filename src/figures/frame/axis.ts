/** One axis of a plot. */
export interface Axis {
  /** Value at the left or lower end. */
  readonly min: number;
  /** Value at the right or upper end. */
  readonly max: number;
  /** Whether equal ratios, not equal differences, are equally far apart. */
  readonly log: boolean;
  /** Values that get a grid line and a label. */
  readonly ticks: readonly number[];
}

/** An axis with evenly spaced ticks at 1, 2 or 5 times a power of ten, about `count` of them. */
export function linearAxis(min: number, max: number, count = 6): Axis {
  return { min, max, log: false, ticks: niceTicks(min, max, count) };
}

/** Factors on a power of ten that get a tick, from few to many. */
const FACTORS = [[1], [1, 2, 5], [1, 1.5, 2, 3, 5, 7]];

/**
 * A logarithmic axis with a tick at every power of ten, and at more multiples of it where the axis is so short that it would
 * have less than four; a very short one gets even steps. Throws a `RangeError` unless `min` is positive.
 */
export function logAxis(min: number, max: number): Axis {
  if (!(min > 0)) {
    throw new RangeError(`Cannot start a logarithmic axis at ${min}: it must be positive`);
  }
  const decades = Math.log10(max / min);
  const skip = Math.max(1, Math.round(decades / 6));
  const some = FACTORS.map((factors) => {
    const ticks = [];
    for (let power = Math.floor(Math.log10(min)); 10 ** power <= max; power += skip) {
      ticks.push(...factors.map((factor) => Number((factor * 10 ** power).toPrecision(12))));
    }
    return ticks.filter((tick) => tick >= min && tick <= max);
  });
  const ticks = some.find(({ length }) => length >= 4) ?? niceTicks(min, max, 5);
  return { min, max, log: true, ticks };
}

/** Where `value` lies on the axis: 0 at `min`, 1 at `max`. */
export function position(axis: Axis, value: number): number {
  return axis.log
    ? Math.log(value / axis.min) / Math.log(axis.max / axis.min)
    : (value - axis.min) / (axis.max - axis.min);
}

/**
 * The multiples of a round step that lie in `[min, max]`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * assertEquals(niceTicks(-12, 31, 5), [-10, 0, 10, 20, 30]);
 * ```
 */
export function niceTicks(min: number, max: number, count: number): number[] {
  const rough = (max - min) / count;
  if (!(rough > 0 && Number.isFinite(rough))) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power *
    (rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : rough / power < 7.5 ? 5 : 10);
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  // Powers of ten below 1 are not exact: rounding to the step's digits keeps 0.3 from being 0.3…04.
  return Array.from(
    { length: last - first + 1 },
    (_, i) => Number(((first + i) * step).toPrecision(12)),
  );
}

/** The labels of all ticks, with as many decimals as the finest of them needs and a true minus. */
export function tickLabels(axis: Axis): string[] {
  return axis.ticks.map((tick, i) => {
    const size = Math.max(...axis.ticks.map(Math.abs));
    if (size >= 1e5 || size < 1e-3 || (axis.log && tick < 1e-3)) {
      return tick === 0 ? "0" : signed(tick.toExponential().replace("e+", "e"));
    }
    if (axis.log && !evenSteps(axis)) {
      return signed(tick.toLocaleString("en-US", { maximumSignificantDigits: 12 }));
    }
    const step = axis.ticks.length > 1 ? axis.ticks[1] - axis.ticks[0] : axis.ticks[i];
    const digits = Math.max(0, Math.ceil(-Math.log10(Math.abs(step) || 1) - 1e-9));
    const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return signed(tick.toLocaleString("en-US", format));
  });
}

/** Whether ticks have equal differences, as those of a very short logarithmic axis. */
function evenSteps({ ticks }: Axis): boolean {
  const steps = ticks.slice(1).map((tick, i) => tick - ticks[i]);
  return steps.length > 1 && steps.every((step) => Math.abs(step - steps[0]) < 1e-6 * steps[0]);
}

/** With the minus sign that is as wide as a plus. */
function signed(label: string): string {
  return label.replaceAll("-", "−");
}
