import { cosines } from "./angular_softmax.ts";
import { type Array64, array64, scalar } from "./array64.ts";
import { softmaxCrossEntropy } from "./softmax_cross_entropy.ts";
import { transpose } from "./transpose.ts";

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

function squaredDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return sum(Array.from(a, (v, k) => (v - b[k]) ** 2));
}

/** `sum over classes of the harmonic mean of the k largest squared distances within + weight max(margin - nearest means, 0)`. */
export function rangeLoss(
  features: Array64,
  labels: ArrayLike<number>,
  { largest, margin, weight }: { largest: number; margin: number; weight: number },
): Array64 {
  const [rows, dim] = features.shape;
  const rowsOf = Map.groupBy(Array.from({ length: rows }, (_, i) => i), (i) => labels[i]);
  let within = 0;
  const means: number[][] = [];
  for (const own of rowsOf.values()) {
    const points = own.map((i) => features.data.subarray(i * dim, (i + 1) * dim));
    means.push(Array.from({ length: dim }, (_, k) => sum(points.map((p) => p[k])) / own.length));
    const pairs = points.flatMap((a, i) => points.slice(i + 1).map((b) => squaredDistance(a, b)));
    const widest = pairs.sort((a, b) => b - a).slice(0, largest);
    if (widest.length > 0) within += widest.length / sum(widest.map((d) => 1 / d));
  }
  const apart = means.flatMap((a, i) => means.slice(i + 1).map((b) => squaredDistance(a, b)));
  return scalar(within + weight * Math.max(margin - Math.min(...apart), 0));
}

/** `mean over rows with positives of the mean over these of -log softmax over the other rows`, of cosines over a temperature. */
export function supConLoss(
  features: Array64,
  labels: ArrayLike<number>,
  temperature: number,
): Array64 {
  const [rows] = features.shape, similarity = cosines(features, transpose(features, [1, 0]));
  const at = (i: number, j: number) => similarity.data[i * rows + j] / temperature;
  const losses: number[] = [];
  for (let i = 0; i < rows; i++) {
    const others = Array.from({ length: rows }, (_, j) => j).filter((j) => j !== i);
    const positives = others.filter((j) => labels[j] === labels[i]);
    if (positives.length === 0) continue;
    const most = Math.max(...others.map((j) => at(i, j)));
    const all = most + Math.log(sum(others.map((j) => Math.exp(at(i, j) - most))));
    losses.push(sum(positives.map((j) => all - at(i, j))) / positives.length);
  }
  return scalar(sum(losses) / Math.max(losses.length, 1));
}

/** Of proxies `[dim, classes]`: the mean pull of those with samples, and the mean push of all. */
export function proxyAnchorLoss(
  features: Array64,
  proxies: Array64,
  labels: ArrayLike<number>,
  { scale, margin }: { scale: number; margin: number },
): Array64 {
  const { shape: [rows, classes], data } = cosines(features, proxies);
  let pull = 0, push = 0, present = 0;
  for (let c = 0; c < classes; c++) {
    const own = (i: number) => labels[i] === c, all = Array.from({ length: rows }, (_, i) => i);
    const log1p = (of: number[], exponent: (s: number) => number) =>
      Math.log1p(sum(of.map((i) => Math.exp(exponent(data[i * classes + c])))));
    const positives = all.filter(own);
    if (positives.length > 0) present++;
    pull += log1p(positives, (s) => -scale * (s - margin));
    push += log1p(all.filter((i) => !own(i)), (s) => scale * (s + margin));
  }
  return scalar(pull / present + push / classes);
}

/** Cross-entropy over `scale (S - margin [own])`, S the softmax-weighted cosines, and `tau` times the spread of the proxies. */
export function softTripleLoss(
  features: Array64,
  weight: Array64,
  labels: ArrayLike<number>,
  { proxies, scale, temperature, margin, tau }: {
    proxies: number;
    scale: number;
    temperature: number;
    margin: number;
    tau: number;
  },
): Array64 {
  const { shape: [rows, count], data } = cosines(features, weight), classes = count / proxies;
  const logits = array64(
    [rows, classes],
    Float64Array.from({ length: rows * classes }, (_, i) => {
      const own = Array.from(data.subarray(i * proxies, (i + 1) * proxies));
      const shares = own.map((c) => Math.exp((c - 1) / temperature)), all = sum(shares);
      const similarity = sum(own.map((c, k) => c * shares[k] / all));
      return scale * (similarity - (labels[Math.floor(i / classes)] === i % classes ? margin : 0));
    }),
  );
  const gram = cosines(transpose(weight, [1, 0]), weight).data;
  let spread = 0;
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count && Math.floor(b / proxies) === Math.floor(a / proxies); b++) {
      spread += Math.sqrt(2 + 1e-5 - 2 * gram[a * count + b]);
    }
  }
  const [classification] = softmaxCrossEntropy(logits, labels).data;
  return scalar(classification + tau * spread / (count * Math.max(proxies - 1, 1)));
}
