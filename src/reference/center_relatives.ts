import { type Array64, scalar } from "./array64.ts";

/** Squared distances of row i of x to all rows of y. */
function squares(x: Array64, i: number, y: Array64): number[] {
  const [, dim] = x.shape;
  return Array.from({ length: y.shape[0] }, (_, j) => {
    let sum = 0;
    for (let k = 0; k < dim; k++) sum += (x.data[i * dim + k] - y.data[j * dim + k]) ** 2;
    return sum;
  });
}

/** The mean over samples of what `f` makes of the squared distance to the own center and those to the others. */
function meanOf(
  features: Array64,
  centers: Array64,
  labels: ArrayLike<number>,
  f: (own: number, others: number[]) => number,
): Array64 {
  const [rows] = features.shape;
  let total = 0;
  for (let i = 0; i < rows; i++) {
    const all = squares(features, i, centers);
    total += f(all[labels[i]], all.filter((_, j) => j !== labels[i]));
  }
  return scalar(total / rows);
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** `1/2 mean d_y / (sum of the others + delta)`. */
export function contrastiveCenterLoss(
  features: Array64,
  centers: Array64,
  labels: ArrayLike<number>,
  delta: number,
): Array64 {
  return meanOf(features, centers, labels, (own, others) => 0.5 * own / (sum(others) + delta));
}

/** `mean max(d_y + margin - min of the others, 0)`, of half squared distances. */
export function tripletCenterLoss(
  features: Array64,
  centers: Array64,
  labels: ArrayLike<number>,
  margin: number,
): Array64 {
  return meanOf(
    features,
    centers,
    labels,
    (own, others) => Math.max((own - Math.min(...others)) / 2 + margin, 0),
  );
}

/** `mean over samples and others of 1 / (1 + d_j)`. */
export function gitSeparation(
  features: Array64,
  centers: Array64,
  labels: ArrayLike<number>,
): Array64 {
  return meanOf(
    features,
    centers,
    labels,
    (_, others) => sum(others.map((d) => 1 / (1 + d))) / Math.max(others.length, 1),
  );
}

/** `sum over ordered pairs of cos(c_j, c_k) + 1`. */
export function islandSeparation(centers: Array64): Array64 {
  const [classes, dim] = centers.shape;
  const row = (j: number) => centers.data.subarray(j * dim, (j + 1) * dim);
  const dot = (a: Float64Array, b: Float64Array) => sum(Array.from(a, (v, k) => v * b[k]));
  let total = 0;
  for (let j = 0; j < classes; j++) {
    for (let k = 0; k < classes; k++) {
      if (j === k) continue;
      const lengths = Math.sqrt(dot(row(j), row(j)) * dot(row(k), row(k)));
      total += 1 + dot(row(j), row(k)) / Math.max(lengths, 1e-24);
    }
  }
  return scalar(total);
}

/** `1/2 mean (|x| - R)^2`. */
export function ringLoss(features: Array64, radius: Array64): Array64 {
  const origin = { shape: [1, features.shape[1]], data: new Float64Array(features.shape[1]) };
  const labels = new Int32Array(features.shape[0]);
  return meanOf(features, origin, labels, (d) => 0.5 * (Math.sqrt(d) - radius.data[0]) ** 2);
}

/** `mean log(1 + sum over the others of exp(d_y - d_j)) + weight mean d_y`, of distances of scores to `anchor e_j`. */
export function classAnchors(
  scores: Array64,
  labels: ArrayLike<number>,
  anchor: number,
  weight: number,
): Array64 {
  const [, classes] = scores.shape, data = new Float64Array(classes ** 2);
  for (let j = 0; j < classes; j++) data[j * classes + j] = anchor;
  return meanOf(scores, { shape: [classes, classes], data }, labels, (own, others) => {
    const d = Math.sqrt(own), exponents = others.map((it) => d - Math.sqrt(it));
    const most = Math.max(0, ...exponents);
    const all = Math.exp(-most) + sum(exponents.map((e) => Math.exp(e - most)));
    return most + Math.log(all) + weight * d;
  });
}
