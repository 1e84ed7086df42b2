import { EigenvalueDecomposition, Matrix } from "npm:ml-matrix@6.12.1";
import type { Array64 } from "./array64.ts";

/** NC1 to NC4 (Papyan, Han and Donoho 2020) from the covariance matrices themselves. */
export function neuralCollapse(
  features: Array64,
  labels: readonly number[],
  classes: number,
  weight: Array64,
  predicted: readonly number[],
) {
  const [, dim] = features.shape;
  const rows = labels.map((_, i) => [...features.data.subarray(i * dim, (i + 1) * dim)]);
  const means = Array.from(
    { length: classes },
    (_, c) => meanRow(rows.filter((_, i) => labels[i] === c)),
  );
  const middle = meanRow(means), centered = means.map((m) => minus(m, middle));
  const weights = Array.from(
    { length: classes },
    (_, c) => [...weight.data.subarray(c * dim, (c + 1) * dim)],
  );
  const within = covariance(rows.map((h, i) => minus(h, means[labels[i]])));
  const nc1 = within.mmul(pseudoInverse(covariance(centered), classes - 1)).trace() / classes;
  const nearest = rows.map((h) => {
    const far = means.map((m) => norm(minus(h, m)));
    return far.indexOf(Math.min(...far));
  });
  return {
    nc1,
    ...frame(centered),
    nc3: norm(minus(unit(weights.flat()), unit(centered.flat()))) ** 2,
    nc4: mean(nearest.map((k, i) => Number(k !== predicted[i]))),
  };
}

function frame(vectors: number[][]) {
  const norms = vectors.map(norm);
  const cosines = vectors.flatMap((a, i) =>
    vectors.slice(0, i).map((b, j) => dot(a, b) / norms[i] / norms[j])
  );
  return {
    nc2Norms: deviation(norms) / mean(norms),
    nc2Angles: deviation(cosines),
    nc2Maximal: mean(cosines.map((c) => Math.abs(c + 1 / (vectors.length - 1)))),
  };
}

/** Mean of the outer products. */
function covariance(vectors: number[][]): Matrix {
  const m = new Matrix(vectors);
  return m.transpose().mmul(m).div(vectors.length);
}

/** Of a symmetric matrix, from its `rank` largest eigenvalues. */
function pseudoInverse(matrix: Matrix, rank: number): Matrix {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: true,
  });
  const order = realEigenvalues.map((_, k) => k)
    .sort((a, b) => realEigenvalues[b] - realEigenvalues[a]);
  const result = Matrix.zeros(matrix.rows, matrix.rows);
  for (const k of order.slice(0, rank)) {
    const v = Matrix.columnVector(eigenvectorMatrix.getColumn(k));
    result.add(v.mmul(v.transpose()).div(realEigenvalues[k]));
  }
  return result;
}

const dot = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * b[i], 0);
const norm = (a: number[]) => Math.sqrt(dot(a, a));
const minus = (a: number[], b: number[]) => a.map((x, i) => x - b[i]);
const unit = (a: number[]) => a.map((x) => x / norm(a));
const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const meanRow = (rows: number[][]) => rows[0].map((_, d) => mean(rows.map((row) => row[d])));
const deviation = (values: number[]) => {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((x) => (x - middle) ** 2)));
};
