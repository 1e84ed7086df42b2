/** Numbers of a map in two bytes each. */

/** Columns of numbers, each from its least to its largest value in 65,534 steps. */
export interface Quantized {
  /** `[columns, n]`; the largest number stands for what is not finite. */
  values: Uint16Array;
  /** Of each column: its least value, and a step. */
  scales: [least: number, step: number][];
}

/** Stands for a value that is not finite. */
const MISSING = 0xffff;

/**
 * The columns, each within half a step of what it was.
 *
 * @example
 * ```ts
 * import { quantize } from "./quantize.ts";
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const { values, scales } = quantize([[-1, 1, NaN]]);
 * assertEquals([...values], [0, 65534, 65535]);
 * assertEquals(scales, [[-1, 2 / 65534]]);
 * ```
 */
export function quantize(columns: readonly ArrayLike<number>[]): Quantized {
  const n = columns[0]?.length ?? 0;
  const values = new Uint16Array(columns.length * n);
  const scales = columns.map((column, c): [number, number] => {
    let least = Infinity, largest = -Infinity;
    for (let i = 0; i < n; i++) {
      if (!Number.isFinite(column[i])) continue;
      least = Math.min(least, column[i]);
      largest = Math.max(largest, column[i]);
    }
    const step = largest > least ? (largest - least) / (MISSING - 1) : 1;
    for (let i = 0; i < n; i++) {
      const place = Math.round((column[i] - least) / step);
      values[c * n + i] = Number.isFinite(column[i]) ? place : MISSING;
    }
    return [Number.isFinite(least) ? least : 0, step];
  });
  return { values, scales };
}
