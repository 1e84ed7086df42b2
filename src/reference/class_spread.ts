import { type Array64, array64 } from "./array64.ts";
import { squaredDistances } from "./squared_distances.ts";

/**
 * How wide classes are, and how far apart, without any mean: within a class the mean squared distance to the mean is half that
 * of all ordered pairs.
 */
export function classSpread(features: Array64, labels: readonly number[]) {
  const [, dim] = features.shape, classes = [...new Set(labels)].sort((a, b) => a - b);
  const squares = squaredDistances(features, features).data;
  const places = classes.map((k) => labels.flatMap((label, i) => label === k ? [i] : []));
  const meanSquare = (a: readonly number[], b: readonly number[]) =>
    mean(a.flatMap((i) => b.map((j) => squares[i * labels.length + j])));
  const own = places.map((rows) => meanSquare(rows, rows) / 2);
  const apart = places.flatMap((a, k) =>
    places.slice(0, k).map((b, l) => Math.sqrt(meanSquare(a, b) - own[k] - own[l]))
  );
  const within = Math.sqrt(mean(labels.map((label) => own[classes.indexOf(label)])));
  const means = places.flatMap((rows) =>
    Array.from({ length: dim }, (_, d) => mean(rows.map((i) => features.data[i * dim + d])))
  );
  const between = mean(apart);
  return { means: array64([classes.length, dim], means), within, between, ratio: within / between };
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}
