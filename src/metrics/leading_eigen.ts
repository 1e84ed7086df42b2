/** The largest eigenvalues of a symmetric matrix, and their vectors, by ml-matrix. */
import { EigenvalueDecomposition, Matrix, QrDecomposition } from "npm:ml-matrix@6.12.1";

/** Up to this many rows all eigenvectors are found; beyond, that would take minutes. */
const LARGEST_WHOLE = 256;

/** More vectors than are asked for: the iteration converges with the ratio to the first one left out. */
const SPARE = 12;

/** The iteration stops here at the latest; where eigenvalues are that close, their vectors are arbitrary anyway. */
const MOST_STEPS = 300;

/** Eigenvalues from the largest, and in the columns of a matrix their unit vectors. */
export interface Eigen {
  values: number[];
  vectors: Matrix;
}

/**
 * The `count` largest eigenvalues of a symmetric matrix without negative ones, the same bits every time: from all of them
 * (QL), or in a large matrix by subspace iteration with Rayleigh-Ritz (Golub and Van Loan, Matrix Computations, 8.2).
 */
export function leadingEigen(matrix: Matrix, count: number, largest = LARGEST_WHOLE): Eigen {
  const size = matrix.rows;
  if (size <= largest) return wholeEigen(matrix, count);
  const width = Math.min(size, count + SPARE);
  // Any start will do that is not orthogonal to a leading vector.
  const start = Float64Array.from({ length: size * width }, (_, i) => Math.sin(i * i + i + 1));
  let basis = orthonormal(Matrix.from1DArray(size, width, start));
  let values = [0];
  for (let step = 0; step < MOST_STEPS; step++) {
    const image = matrix.mmul(basis);
    const ritz = wholeEigen(basis.transpose().mmul(image), width);
    basis = orthonormal(image.mmul(ritz.vectors));
    const changes = ritz.values.slice(0, count).map((v, k) => Math.abs(v - (values[k] ?? 0)));
    values = ritz.values;
    if (Math.max(...changes) <= 1e-12 * values[0]) break;
  }
  return { values: values.slice(0, count), vectors: basis.subMatrix(0, size - 1, 0, count - 1) };
}

function wholeEigen(matrix: Matrix, count: number): Eigen {
  const found = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  const ascending = found.realEigenvalues;
  const columns = Array.from({ length: count }, (_, k) => ascending.length - 1 - k);
  return {
    values: columns.map((column) => ascending[column]),
    vectors: found.eigenvectorMatrix.subMatrixColumn(columns),
  };
}

function orthonormal(columns: Matrix): Matrix {
  return new QrDecomposition(columns).orthogonalMatrix;
}
