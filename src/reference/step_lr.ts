/** Start, epochs between drops, and the factor of a drop (default 0.1). */
export interface StepLROptions {
  lr: number;
  stepSize: number;
  gamma?: number;
}

/** Learning rate during an epoch counted from 0: `lr gamma^floor(epoch / stepSize)`. */
export function stepLR({ lr, stepSize, gamma = 0.1 }: StepLROptions, epoch: number): number {
  return lr * gamma ** Math.floor(epoch / stepSize);
}
