/** How often numbers are how large. */
import type { Histogram } from "./event.ts";

/**
 * Counts numbers in buckets of one width from the least to the largest; NaN is left out.
 *
 * @returns Undefined where there are none.
 */
export function histogramOf(numbers: Iterable<number>, buckets = 30): Histogram | undefined {
  const all = Array.from(numbers).filter(Number.isFinite);
  if (all.length === 0) return undefined;
  const min = all.reduce((a, b) => Math.min(a, b)), max = all.reduce((a, b) => Math.max(a, b));
  const width = (max - min) / buckets || 1;
  const counts = new Array<number>(buckets).fill(0);
  for (const x of all) counts[Math.min(buckets - 1, Math.floor((x - min) / width))]++;
  return {
    ...{ min, max, count: all.length, buckets: counts },
    sum: all.reduce((sum, x) => sum + x, 0),
    sumOfSquares: all.reduce((sum, x) => sum + x * x, 0),
    limits: counts.map((_, i) => min + (i + 1) * width),
  };
}
