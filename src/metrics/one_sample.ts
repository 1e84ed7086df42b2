/** The class of one sample, on the CPU: for the few that a page shows in words. */

/** Euclidean distances of a feature to each center, `[classes]`. */
export function distancesTo(feature: ArrayLike<number>, centers: ArrayLike<number>): number[] {
  return squaredDistancesTo(feature, centers).map(Math.sqrt);
}

/** Their squares. */
export function squaredDistancesTo(
  feature: ArrayLike<number>,
  centers: ArrayLike<number>,
): number[] {
  const dim = feature.length;
  return Array.from({ length: centers.length / dim }, (_, k) => {
    let sum = 0;
    for (let d = 0; d < dim; d++) sum += (feature[d] - centers[k * dim + d]) ** 2;
    return sum;
  });
}

/** The place of the smallest number, among equals the first; what is NaN is none, as the distance to a class without a center. */
export function placeOfLeast(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) {
    if (!Number.isNaN(values[i]) && !(values[best] <= values[i])) best = i;
  }
  return best;
}

/** The place of the largest number, among equals the first. */
export function placeOfMost(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}
