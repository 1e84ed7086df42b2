/** Expected calibration error bin by bin, as Guo et al. write it: samples of a bin are those in `(m / bins, (m + 1) / bins]`. */
export function calibrationError(
  certainty: readonly number[],
  correct: readonly boolean[],
  bins: number,
): number {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const samples = certainty.map((_, i) => i);
  return Array.from({ length: bins }, (_, m) => {
    const own = samples.filter((i) =>
      (certainty[i] > m / bins || m === 0) && certainty[i] <= (m + 1) / bins
    );
    if (own.length === 0) return 0;
    const gap = mean(own.map((i) => Number(correct[i]))) - mean(own.map((i) => certainty[i]));
    return own.length / samples.length * Math.abs(gap);
  }).reduce((a, b) => a + b, 0);
}
