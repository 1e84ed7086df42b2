/** As PyTorch's, with `thresholdMode: "rel"` and no cooldown; the defaults are PyTorch's. */
export interface ReduceLROnPlateauOptions {
  lr: number;
  mode?: "min" | "max";
  factor?: number;
  patience?: number;
  threshold?: number;
  minLR?: number;
  /** A change of the rate that is not larger is not made. */
  eps?: number;
}

/**
 * Learning rate after each epoch's metric. An epoch is better if
 *
 *     metric < best (1 - threshold)     mode min
 *     metric > best (1 + threshold)     mode max
 *
 * and then sets `best`. After more than `patience` epochs in a row that are not, lr <- max(lr factor, minLR)
 * and the count starts again.
 */
export function reduceLROnPlateau(
  metrics: readonly number[],
  {
    lr,
    mode = "min",
    factor = 0.1,
    patience = 10,
    threshold = 1e-4,
    minLR = 0,
    eps = 1e-8,
  }: ReduceLROnPlateauOptions,
): number[] {
  let best = mode === "min" ? Infinity : -Infinity;
  let badEpochs = 0;
  return metrics.map((metric) => {
    const better = mode === "min"
      ? metric < best * (1 - threshold)
      : metric > best * (1 + threshold);
    if (better) best = metric;
    badEpochs = better ? 0 : badEpochs + 1;
    if (badEpochs > patience) {
      const lower = Math.max(lr * factor, minLR);
      if (lr - lower > eps) lr = lower;
      badEpochs = 0;
    }
    return lr;
  });
}
