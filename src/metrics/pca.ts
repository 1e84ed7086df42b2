/** Principal component analysis, on the CPU in float64. */
import { Matrix } from "npm:ml-matrix@6.12.1";
import { finiteRows } from "./finite_rows.ts";
import { leadingEigen } from "./leading_eigen.ts";

/** Where features are looked at from: a middle and orthogonal directions. */
export interface PcaBasis {
  /** Length of a feature. */
  readonly dim: number;
  /** `[dim]`: what is subtracted first. */
  readonly mean: Float64Array;
  /** `[components, dim]`: unit vectors, from the direction of the largest variance. */
  readonly components: Float64Array;
  /** `[components]`: the part of the whole variance that lies along each, 0 to 1. */
  readonly shares: Float64Array;
}

/**
 * The directions in which features vary most: eigenvectors of their covariance.
 *
 * An eigenvector's sign is arbitrary; here the entry of the largest magnitude is positive, so that
 * equal features give equal pictures. Rows that are not finite are left out. Where the features
 * span fewer directions than are asked for (few samples, or all alike), the rest are any unit
 * vectors orthogonal to the others, with a share of 0.
 *
 * @param rows `[n, dim]` row by row.
 * @param components How many directions, 1 to `dim`.
 * @throws {TypeError} When `rows` is no whole number of rows.
 * @throws {RangeError} When `components` is not 1 to `dim`, or no row is finite.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const basis = pca(Float32Array.of(3, 4, -3, -4, 0, 0), 2, 1);
 * assertAlmostEquals(basis.components[0], 0.6);
 * assertAlmostEquals(basis.components[1], 0.8);
 * assertEquals(basis.shares.map(Math.round), Float64Array.of(1));
 * ```
 */
export function pca(rows: Float32Array, dim: number, components: number): PcaBasis {
  checkRows(rows, dim);
  if (!(Number.isInteger(components) && components >= 1 && components <= dim)) {
    throw new RangeError(
      `Cannot find ${components} principal components of ${dim}-D features: ask for 1 to ${dim}`,
    );
  }
  const kept = finiteRows(rows, dim), count = kept.length;
  if (count === 0) {
    throw new RangeError(
      `Cannot find principal components of ${rows.length / dim} rows: none is finite`,
    );
  }
  const centered = new Float64Array(count * dim), mean = new Float64Array(dim);
  kept.forEach((row, to) => centered.set(rows.subarray(row * dim, (row + 1) * dim), to * dim));
  centered.forEach((value, i) => mean[i % dim] += value);
  for (let j = 0; j < dim; j++) mean[j] /= count;
  for (let i = 0; i < centered.length; i++) centered[i] -= mean[i % dim];
  const matrix = Matrix.from1DArray(dim, dim, covariance(centered, dim));
  const whole = matrix.trace();
  const { values, vectors } = leadingEigen(matrix, components);
  const chosen = Float64Array.from(vectors.transpose().to1DArray());
  for (let k = 0; k < components; k++) pointUp(chosen.subarray(k * dim, (k + 1) * dim));
  const shares = Float64Array.from(values, (v) => whole > 0 ? Math.max(0, v) / whole : 0);
  return { dim, mean, components: chosen, shares };
}

/**
 * The coordinates of features along the components of a basis.
 *
 * @param rows `[n, dim]` row by row, of the basis's `dim`.
 * @returns `[n, components]`; rows that are not finite stay so.
 * @throws {TypeError} When `rows` is no whole number of rows of the basis's length.
 */
export function project(
  rows: Float32Array,
  { dim, mean, components }: PcaBasis,
): Float32Array<ArrayBuffer> {
  checkRows(rows, dim);
  const width = components.length / dim;
  const projected = new Float32Array(rows.length / dim * width);
  for (let i = 0, to = 0; i < rows.length; i += dim) {
    for (let k = 0; k < width; k++) {
      let sum = 0;
      for (let j = 0; j < dim; j++) sum += (rows[i + j] - mean[j]) * components[k * dim + j];
      projected[to++] = sum;
    }
  }
  return projected;
}

function checkRows(rows: Float32Array, dim: number): void {
  if (!(Number.isInteger(dim) && dim > 0) || rows.length % dim !== 0) {
    throw new TypeError(`Cannot read ${rows.length} numbers as rows of ${dim} features`);
  }
}

/** Of centered rows, `[dim, dim]`, divided by their number; a factor changes neither vectors nor shares. */
function covariance(centered: Float64Array, dim: number): Float64Array {
  const sums = new Float64Array(dim * dim);
  for (let i = 0; i < centered.length; i += dim) {
    for (let p = 0; p < dim; p++) {
      const x = centered[i + p];
      for (let q = p, at = p * dim + p; q < dim; q++, at++) sums[at] += x * centered[i + q];
    }
  }
  for (let p = 0; p < dim; p++) {
    for (let q = p; q < dim; q++) {
      sums[q * dim + p] = sums[p * dim + q] /= centered.length / dim;
    }
  }
  return sums;
}

/** Turns a vector so that its entry of the largest magnitude, the first of equals, is positive. */
function pointUp(vector: Float64Array): void {
  const peak = vector.reduce((best, v) => Math.abs(v) > Math.abs(best) ? v : best, 0);
  if (peak < 0) vector.forEach((v, j) => vector[j] = -v);
}
