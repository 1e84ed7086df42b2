/** Features of the samples that a training saw last. */
import type { Labels } from "../dataset/labels.ts";

/** Samples as they were when each was seen last, the oldest first. */
export interface LastSamples {
  /** `[count, featureDim]`. */
  features: Float32Array<ArrayBuffer>;
  /** `[count]`: places in the training set. */
  indices: Uint32Array<ArrayBuffer>;
  /** `[count]`. */
  labels: Labels;
}

/** The first `width` columns of rows of `stride` numbers, `[count, width]`. */
export function firstColumns(
  rows: readonly ArrayBuffer[],
  stride: number,
  width: number,
): Float32Array<ArrayBuffer> {
  const parts = rows.map((bytes) => new Float32Array(bytes));
  const count = parts.reduce((sum, { length }) => sum + length, 0) / stride;
  const columns = new Float32Array(count * width);
  let to = 0;
  for (const part of parts) {
    for (let at = 0; at < part.length; at += stride, to += width) {
      columns.set(part.subarray(at, at + width), to);
    }
  }
  return columns;
}

/** Rows of `width` numbers at their places in a set of `count`, NaN where there is none. */
export function placedRows(
  rows: Float32Array,
  width: number,
  places: ArrayLike<number>,
  count: number,
): Float32Array<ArrayBuffer> {
  const placed = new Float32Array(count * width).fill(NaN);
  for (let i = 0; i < rows.length / width; i++) {
    placed.set(rows.subarray(i * width, (i + 1) * width), places[i] * width);
  }
  return placed;
}
