/** How far a network has collapsed onto its class means: NC1 to NC4 of Papyan, Han and Donoho (PNAS 2020). */
import { Matrix, SingularValueDecomposition } from "npm:ml-matrix@6.12.1";
import { meanOf } from "../base/averages.ts";
import { classSpread } from "./class_spread.ts";
import { nearestByDistance } from "./nearest_class.ts";

/**
 * What a layer of features and the classifier above it look like; with neural collapse each goes to 0. All but NC4 are NaN
 * where the means of all classes are one point, as in a network whose features are dead.
 */
export interface NeuralCollapse {
  /**
   * NC1, variability collapse: `trace(S_W S_B^+) / C`, with the covariance `S_W` of samples about their class means, the
   * covariance `S_B` of the class means about their mean, and its pseudo-inverse.
   */
  nc1: number;
  /** NC2, equal norms of the centered class means `m_c`: the deviation of `|m_c|` over its mean. */
  nc2Norms: number;
  /** NC2, equal angles: the deviation of `cos(m_c, m_k)` over all pairs of classes. */
  nc2Angles: number;
  /** NC2, largest angles: the mean over all pairs of `|cos(m_c, m_k) + 1 / (C - 1)|`. */
  nc2Maximal: number;
  /** NC3, self-duality: `|W / |W|_F - M / |M|_F|_F^2` with the rows `m_c` in `M`; 0 to 4; NaN without a weight. */
  nc3: number;
  /** NC4: the share of samples whose class by the classifier is not that of the nearest class mean; NaN without one. */
  nc4: number;
}

/** The last layer. */
export interface CollapsedClassifier {
  /** `[classes, dim]`; none where its logits are not products of features and weights. */
  weight?: ArrayLike<number>;
  /** Classes by the largest logit, `[samples]`. */
  predicted: ArrayLike<number>;
}

/**
 * The measures of neural collapse, in float64 on the CPU. The authors' notebook takes them on the training set. Deviations
 * are those of a population, divided by n.
 *
 * The mean of all is that of the class means, which is the paper's where classes have equally many samples. Above `C - 1`
 * dimensions and below them the formulas are the same; three and more classes cannot have largest angles in fewer than
 * `C - 1` dimensions, so `nc2Maximal` of features in the plane has a floor above 0.
 *
 * @param features `[samples, dim]`: finite numbers.
 * @param labels `[samples]`: each class of 0 to `classes - 1` with at least one sample.
 * @throws {TypeError} When lengths do not fit.
 * @throws {RangeError} When a class has no sample, or there is only one.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const h = Math.sqrt(3) / 2, corners = [1, 0, -0.5, h, -0.5, -h];
 * const { nc1, nc2Maximal, nc3 } = neuralCollapse(Float32Array.from(corners), [0, 1, 2], 3, {
 *   weight: corners.map((w) => 5 * w),
 *   predicted: [0, 1, 2],
 * });
 * for (const measure of [nc1, nc2Maximal, nc3]) assertAlmostEquals(measure, 0, 1e-6);
 * ```
 */
export function neuralCollapse(
  features: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
  classifier?: CollapsedClassifier,
): NeuralCollapse {
  const { means, between } = classSpread(features, labels, classes), dim = means.length / classes;
  const empty = means.findIndex(Number.isNaN);
  if (classes < 2 || empty >= 0) {
    throw new RangeError(
      classes < 2
        ? `Cannot measure neural collapse of ${classes} classes: it takes two`
        : `Cannot measure neural collapse: class ${Math.floor(empty / dim)} has no sample`,
    );
  }
  const weight = classifier?.weight;
  if (weight && weight.length !== means.length) {
    throw new TypeError(
      `Cannot compare a weight of ${weight.length} numbers with ${classes} means of ${dim}`,
    );
  }
  const centered = rowsAboutTheirMean(means, dim);
  const nc4 = classifier ? disagreement(features, means, dim, classifier.predicted) : NaN;
  // Classes that lie on one point have not collapsed onto means of their own; what rounding leaves of these is near 0.
  if (between === 0) {
    return { nc1: NaN, nc2Norms: NaN, nc2Angles: NaN, nc2Maximal: NaN, nc3: NaN, nc4 };
  }
  return {
    nc1: variability(features, labels, means, centered, dim) / classes,
    ...frameOf(centered, dim),
    nc3: weight ? duality(weight, centered) : NaN,
    nc4,
  };
}

/**
 * `trace(S_W S_B^+)` without either matrix: with the singular values `s` and right vectors `v` of `M / sqrt(C)`, where
 * `S_B = sum s^2 v v'`, it is the sum of `mean((h - mean) . v)^2 / s^2`.
 */
function variability(
  features: Float32Array,
  labels: ArrayLike<number>,
  means: Float64Array,
  centered: Float64Array,
  dim: number,
): number {
  const classes = centered.length / dim;
  const matrix = Matrix.from1DArray(classes, dim, centered.map((m) => m / Math.sqrt(classes)));
  const svd = new SingularValueDecomposition(matrix, { autoTranspose: true });
  const { diagonal, rightSingularVectors } = svd;
  // As numpy's pinv of S_B has it: below lies what float32 makes of a direction in which no class mean lies.
  const least = Math.sqrt(Math.max(classes, dim) * Number.EPSILON) * diagonal[0];
  let trace = 0;
  // Centered rows span one dimension less than there are.
  for (let k = 0; k < Math.min(classes - 1, dim) && diagonal[k] > least; k++) {
    const v = rightSingularVectors.getColumn(k);
    let squares = 0;
    for (let i = 0; i < labels.length; i++) {
      let along = 0;
      for (let d = 0; d < dim; d++) {
        along += (features[i * dim + d] - means[labels[i] * dim + d]) * v[d];
      }
      squares += along * along;
    }
    trace += squares / labels.length / diagonal[k] ** 2;
  }
  return trace;
}

/** How far rows are from equal norms, equal angles and largest angles. */
function frameOf(rows: ArrayLike<number>, dim: number) {
  const count = rows.length / dim, norms: number[] = [], cosines: number[] = [];
  const dot = (a: number, b: number) => {
    let sum = 0;
    for (let d = 0; d < dim; d++) sum += rows[a * dim + d] * rows[b * dim + d];
    return sum;
  };
  for (let a = 0; a < count; a++) norms.push(Math.sqrt(dot(a, a)));
  for (let b = 1; b < count; b++) {
    for (let a = 0; a < b; a++) cosines.push(dot(a, b) / (norms[a] * norms[b]));
  }
  return {
    nc2Norms: deviation(norms) / meanOf(norms),
    nc2Angles: deviation(cosines),
    nc2Maximal: meanOf(cosines.map((c) => Math.abs(c + 1 / (count - 1)))),
  };
}

/** NC3. */
function duality(weight: ArrayLike<number>, centered: Float64Array): number {
  const [a, b] = [weight, centered].map((of) => {
    const values = Float64Array.from(of), norm = Math.sqrt(values.reduce((s, x) => s + x * x, 0));
    return values.map((x) => x / norm);
  });
  return a.reduce((sum, x, i) => sum + (x - b[i]) ** 2, 0);
}

/** NC4. */
function disagreement(
  features: Float32Array,
  means: Float64Array,
  dim: number,
  predicted: ArrayLike<number>,
): number {
  const { classes } = nearestByDistance(features, means, dim);
  return classes.reduce((sum, k, i) => sum + Number(k !== predicted[i]), 0) / classes.length;
}

function rowsAboutTheirMean(rows: Float64Array, dim: number): Float64Array<ArrayBuffer> {
  const count = rows.length / dim, middle = new Float64Array(dim);
  rows.forEach((value, at) => middle[at % dim] += value / count);
  return Float64Array.from(rows, (value, at) => value - middle[at % dim]);
}

function deviation(values: readonly number[]): number {
  const middle = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - middle) ** 2)));
}
