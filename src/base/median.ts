/** The middle value, whatever the order; of an even number the mean of the two in the middle, of none NaN. */
export function median(values: Iterable<number>): number {
  const sorted = Float64Array.from(values).sort(), half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
