import { type Array64, array64 } from "./array64.ts";
import { softmax } from "./softmax.ts";

/** The largest softmax probability of each row: logits `[rows, classes]`, result `[rows]`. */
export function certainty(logits: Array64): Array64 {
  const p = softmax(logits, 1).data;
  return array64([logits.shape[0]], rowsOf(logits, p).map((row) => Math.max(...row)));
}

/**
 * Log-odds of the largest softmax probability: logits `[rows, classes]`, result `[rows]`.
 *
 *     log(p / (1 - p)) = -log sum_{c != predicted} exp(z_c - z_predicted)
 *
 * The largest term is taken out of the sum, so that it does not vanish.
 */
export function logOdds(logits: Array64): Array64 {
  return array64(
    [logits.shape[0]],
    rowsOf(logits, logits.data).map((row) => {
      const [largest, second, ...rest] = [...row].sort((a, b) => b - a);
      return largest - second - Math.log(rest.reduce((sum, z) => sum + Math.exp(z - second), 1));
    }),
  );
}

function rowsOf({ shape: [rows, classes] }: Array64, data: Float64Array): Float64Array[] {
  return Array.from({ length: rows }, (_, r) => data.subarray(r * classes, (r + 1) * classes));
}
