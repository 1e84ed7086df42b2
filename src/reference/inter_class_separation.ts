import { type Array64, offset, scalar, zeros } from "./array64.ts";

/** Whether the logarithm's argument has a 1 added, see `interClassSeparation`. */
export type SeparationForm = "log1p" | "log";

/**
 * How far the samples of different classes lie apart (mo-vic/standalone-center-loss): features x `[batch, d]`, labels y
 * `[batch]`, separation `[]`, over ordered pairs.
 *
 *     separation = 1/batch sum_{i, j: y_i != y_j} log(1 + |x_i - x_j|^2)      log1p, as its code
 *     separation = 1/batch sum_{i, j: y_i != y_j} log(|x_i - x_j|^2)          log, as its README
 */
export function interClassSeparation(
  features: Array64,
  labels: ArrayLike<number>,
  form: SeparationForm,
): Array64 {
  const [batch] = features.shape;
  let separation = 0;
  for (let i = 0; i < batch; i++) {
    for (let j = 0; j < batch; j++) {
      if (labels[i] === labels[j]) continue;
      const distance = squaredDistance(features, i, j);
      separation += (form === "log1p" ? Math.log1p(distance) : Math.log(distance)) / batch;
    }
  }
  return scalar(separation);
}

/** Each pair hands its derivative to both of its samples: `±2 (x_i - x_j) / (1 + |x_i - x_j|^2) / batch`. */
export function interClassSeparationBackward(
  grad: Array64,
  features: Array64,
  labels: ArrayLike<number>,
  form: SeparationForm,
): Array64 {
  const [batch, d] = features.shape;
  const gradFeatures = zeros(features.shape);
  for (let i = 0; i < batch; i++) {
    for (let j = 0; j < batch; j++) {
      if (labels[i] === labels[j]) continue;
      const argument = (form === "log1p" ? 1 : 0) + squaredDistance(features, i, j);
      const chain = grad.data[0] * 2 / argument / batch;
      for (let k = 0; k < d; k++) {
        const [atI, atJ] = [offset(features, i, k), offset(features, j, k)];
        gradFeatures.data[atI] += chain * (features.data[atI] - features.data[atJ]);
        gradFeatures.data[atJ] -= chain * (features.data[atI] - features.data[atJ]);
      }
    }
  }
  return gradFeatures;
}

function squaredDistance(x: Array64, i: number, j: number): number {
  let distance = 0;
  for (let k = 0; k < x.shape[1]; k++) {
    distance += (x.data[offset(x, i, k)] - x.data[offset(x, j, k)]) ** 2;
  }
  return distance;
}
