/** The largest eigenvalues of a symmetric matrix, and their vectors. */
import { type Eigen, symmetricEigen } from "./eigen.ts";

/** More vectors than are asked for: the iteration converges with the ratio to the first one left out. */
const spare = 12;

/** Stops here at the latest; where eigenvalues are that close, their vectors are arbitrary anyway. */
const maxSteps = 300;

/**
 * The leading part of what {@linkcode symmetricEigen} finds, by subspace iteration with
 * Rayleigh-Ritz (Golub and Van Loan, Matrix Computations, 8.2), for matrices so large that all
 * of it would take minutes. Starts from fixed vectors, so equal matrices give equal bits.
 *
 * @param matrix `[size, size]`, symmetric, without negative eigenvalues.
 * @param count How many; `values` is `[count]` and `vectors` `[count, size]`.
 */
export function leadingEigen(matrix: Float64Array, size: number, count: number): Eigen {
  const width = Math.min(size, count + spare);
  // Any start will do that is not orthogonal to a leading vector.
  let basis = Float64Array.from({ length: width * size }, (_, i) => Math.sin(i * i + i + 1));
  let values: Float64Array = new Float64Array(width);
  for (let step = 0; step < maxSteps; step++) {
    orthonormalize(basis, size);
    const image = times(basis, matrix, size);
    const ritz = symmetricEigen(products(image, basis, size, width), width);
    basis = combine(ritz.vectors, image, size, width);
    const change = Math.max(
      ...ritz.values.subarray(0, count).map((v, k) => Math.abs(v - values[k])),
    );
    values = ritz.values;
    if (change <= 1e-12 * values[0]) break;
  }
  orthonormalize(basis, size);
  return { values: values.slice(0, count), vectors: basis.slice(0, count * size) };
}

/** Gram-Schmidt, twice over each row; a row that depends on those before it becomes an axis. */
function orthonormalize(rows: Float64Array, size: number): void {
  for (let start = 0, axis = 0; start < rows.length; start += size) {
    const row = rows.subarray(start, start + size);
    while (!unitBeside(row, rows.subarray(0, start), size)) {
      row.fill(0);
      row[axis++] = 1;
    }
  }
}

/** Makes `row` a unit vector orthogonal to `others`; false where nothing of it is left. */
function unitBeside(row: Float64Array, others: Float64Array, size: number): boolean {
  for (let pass = 0; pass < 2; pass++) {
    const before = Math.sqrt(dot(row, row));
    for (let at = 0; at < others.length; at += size) {
      const other = others.subarray(at, at + size);
      const along = dot(row, other);
      for (let j = 0; j < size; j++) row[j] -= along * other[j];
    }
    const length = Math.sqrt(dot(row, row));
    if (!(length > 1e-12 * before)) return false;
    for (let j = 0; j < size; j++) row[j] /= length;
  }
  return true;
}

/** Each row times the symmetric matrix. */
function times(rows: Float64Array, matrix: Float64Array, size: number): Float64Array<ArrayBuffer> {
  const image = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at += size) {
    const row = rows.subarray(at, at + size);
    for (let j = 0; j < size; j++) {
      image[at + j] = dot(matrix.subarray(j * size, (j + 1) * size), row);
    }
  }
  return image;
}

/** Dot products of all rows of `a` with all of `b`, made symmetric. */
function products(a: Float64Array, b: Float64Array, size: number, width: number): Float64Array {
  const row = (of: Float64Array, k: number) => of.subarray(k * size, (k + 1) * size);
  return Float64Array.from({ length: width * width }, (_, i) => {
    const [p, q] = [Math.floor(i / width), i % width];
    return (dot(row(a, p), row(b, q)) + dot(row(a, q), row(b, p))) / 2;
  });
}

/** Sums of `rows` with the weights in each row of `weights`. */
function combine(
  weights: Float64Array,
  rows: Float64Array,
  size: number,
  width: number,
): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(width * size);
  for (let k = 0; k < width; k++) {
    for (let q = 0; q < width; q++) {
      const weight = weights[k * width + q];
      for (let j = 0; j < size; j++) sums[k * size + j] += weight * rows[q * size + j];
    }
  }
  return sums;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}
