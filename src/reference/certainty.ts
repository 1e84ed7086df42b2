import { type Array64, array64 } from "./array64.ts";

/**
 * Log-odds of the largest softmax probability: logits `[rows, classes]`, result `[rows]`.
 *
 *     log(p / (1 - p)) = -log sum_{c != predicted} exp(z_c - z_predicted)
 *
 * The largest term is taken out of the sum, so that it does not vanish.
 */
export function logOdds({ shape: [rows, classes], data }: Array64): Array64 {
  const odds = Array.from({ length: rows }, (_, r) => {
    const row = data.slice(r * classes, (r + 1) * classes);
    const [largest, second, ...rest] = [...row].sort((a, b) => b - a);
    if (second === -Infinity) return largest - second;
    return largest - second - Math.log(rest.reduce((sum, z) => sum + Math.exp(z - second), 1));
  });
  return array64([rows], odds);
}
