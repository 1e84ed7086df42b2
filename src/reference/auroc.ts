/** Of all pairs of a positive and a negative, the share in which the positive scores higher; equal scores are a half. */
export function auroc(positive: readonly number[], negative: readonly number[]): number {
  const pairs = positive.flatMap((p) => negative.map((n) => p > n ? 1 : p === n ? 0.5 : 0));
  return pairs.reduce((a: number, b: number) => a + b, 0) / pairs.length;
}
