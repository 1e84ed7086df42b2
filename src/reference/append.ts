import { type Array64, array64 } from "./array64.ts";

/** Where a step's values go in a history. */
export interface AppendOptions {
  /** Number of the step, from 0. */
  step: number;
  rowsPerStep: number;
  /** First column that is written. */
  column?: number;
}

/**
 * A history `[capacity, stride]` with the values `[rows, width]` of a step in their place; the argument stays as it is,
 * and what would lie past the end is dropped:
 *
 *     history[step rowsPerStep + r, column + k] = values[r, k]
 */
export function append(
  history: Array64,
  values: Array64,
  { step, rowsPerStep, column = 0 }: AppendOptions,
): Array64 {
  const [capacity, stride] = history.shape;
  const [rows, width] = values.shape;
  const next = array64(history.shape, history.data);
  for (let r = 0; r < rows; r++) {
    const row = step * rowsPerStep + r;
    if (row >= capacity) break;
    for (let k = 0; k < width; k++) {
      next.data[row * stride + column + k] = values.data[r * width + k];
    }
  }
  return next;
}
