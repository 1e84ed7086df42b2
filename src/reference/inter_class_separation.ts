import { type Array64, indices, offset, scalar, zeros } from "./array64.ts";
import { squaredDistances } from "./squared_distances.ts";

/** What is taken of a pair's squared distance, see `interClassSeparation`; a number is a margin. */
export type SeparationForm = "log1p" | "log" | number;

/**
 * How far the samples of different classes lie apart (mo-vic/standalone-center-loss): features x `[batch, d]`, labels y
 * `[batch]`, separation `[]`, over ordered pairs.
 *
 *     separation = 1/batch sum_{i, j: y_i != y_j} log(1 + |x_i - x_j|^2)      log1p, as its code
 *     separation = 1/batch sum_{i, j: y_i != y_j} log(|x_i - x_j|^2)          log, as its README
 *     separation = 1/batch sum_{i, j: y_i != y_j} min(|x_i - x_j|^2, margin)  a margin, which it gave up
 */
export function interClassSeparation(
  features: Array64,
  labels: ArrayLike<number>,
  form: SeparationForm,
): Array64 {
  let separation = 0;
  for (const [, , distance] of pairs(features, labels)) {
    separation += form === "log1p"
      ? Math.log1p(distance)
      : form === "log"
      ? Math.log(distance)
      : Math.min(distance, form);
  }
  return scalar(separation / features.shape[0]);
}

/**
 * Each pair hands its derivative to both of its samples: `±2 (x_i - x_j) / (1 + |x_i - x_j|^2) / batch`; with a margin
 * `±2 (x_i - x_j) / batch` up to it.
 */
export function interClassSeparationBackward(
  grad: Array64,
  features: Array64,
  labels: ArrayLike<number>,
  form: SeparationForm,
): Array64 {
  const [batch, d] = features.shape;
  const gradFeatures = zeros(features.shape);
  for (const [i, j, distance] of pairs(features, labels)) {
    const derivative = form === "log1p"
      ? 1 / (1 + distance)
      : form === "log"
      ? 1 / distance
      : Number(distance <= form);
    const chain = grad.data[0] * 2 * derivative / batch;
    for (let k = 0; k < d; k++) {
      const [atI, atJ] = [offset(features, i, k), offset(features, j, k)];
      gradFeatures.data[atI] += chain * (features.data[atI] - features.data[atJ]);
      gradFeatures.data[atJ] -= chain * (features.data[atI] - features.data[atJ]);
    }
  }
  return gradFeatures;
}

/** Two samples of different classes, and their squared distance. */
function* pairs(x: Array64, labels: ArrayLike<number>): Generator<[number, number, number]> {
  const distances = squaredDistances(x, x);
  for (const [i, j] of indices(distances.shape)) {
    if (labels[i] !== labels[j]) yield [i, j, distances.data[offset(distances, i, j)]];
  }
}
