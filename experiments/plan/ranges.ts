/** Which numbers a plan may have, from a flag or in its `config.json`. */

/** Numbers from `low` to `high`, both among them. */
export interface PlanRange {
  readonly whole?: boolean;
  readonly low: number;
  readonly high: number;
}

/** By the names of the plan's fields. */
export const RANGES = {
  epochs: { whole: true, low: 1, high: 999 },
  batchSize: { whole: true, low: 1, high: 65536 },
  lr: { low: 0, high: 100 },
  alpha: { low: 1e-6, high: 1e3 },
  featureDim: { whole: true, low: 1, high: 4096 },
  widthFactor: { low: 1 / 32, high: 16 },
  trainSize: { whole: true, low: 1, high: 1e7 },
  testSize: { whole: true, low: 1, high: 1e7 },
  seed: { whole: true, low: 0, high: 2 ** 32 - 1 },
} as const satisfies Record<string, PlanRange>;
