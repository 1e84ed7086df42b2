import { angularMargin, type MarginForm } from "./angular_margin.ts";
import { type Array64, array64, scalar } from "./array64.ts";
import { softmaxCrossEntropy } from "./softmax_cross_entropy.ts";

/** Lengths of the rows of a matrix, or, `columns`, of its columns. */
function lengths({ shape: [rows, cols], data }: Array64, columns = false): number[] {
  const sums = new Array<number>(columns ? cols : rows).fill(0);
  data.forEach((v, i) => sums[columns ? i % cols : Math.floor(i / cols)] += v * v);
  return sums.map(Math.sqrt);
}

/** `cos(theta)` between features `[rows, dim]` and weights `[dim, classes]`; 0 for a vector of zeros. */
export function cosines(features: Array64, weight: Array64): Array64 {
  const [rows, dim] = features.shape, [, classes] = weight.shape;
  const [x, w] = [lengths(features), lengths(weight, true)];
  return array64(
    [rows, classes],
    Float64Array.from({ length: rows * classes }, (_, i) => {
      const r = Math.floor(i / classes), c = i % classes;
      let dot = 0;
      for (let k = 0; k < dim; k++) {
        dot += features.data[r * dim + k] * weight.data[k * classes + c];
      }
      return dot / Math.max(x[r] * w[c], 1e-24);
    }),
  );
}

/** What multiplies the cosine of a row and a class. */
type Factor = (length: number, weightLength: number) => number;

/** The softmax over factor times cosine, with a margin on the own class, of which a share of `1 / (1 + lambda)` counts. */
function softmaxOf(
  features: Array64,
  weight: Array64,
  labels: ArrayLike<number>,
  factor: Factor,
  { form, margin, lambda = 0 }: { form: MarginForm; margin: number; lambda?: number },
): Array64 {
  const cos = cosines(features, weight), psi = angularMargin(cos, labels, form, margin);
  const [x, w] = [lengths(features), lengths(weight, true)], [, classes] = cos.shape;
  const logits = array64(
    cos.shape,
    cos.data.map((c, i) =>
      factor(x[Math.floor(i / classes)], w[i % classes]) *
      (c + (psi.data[i] - c) / (1 + lambda))
    ),
  );
  return softmaxCrossEntropy(logits, labels);
}

/** Arguments of all of them. */
type Given = readonly [features: Array64, weight: Array64, labels: ArrayLike<number>];

/** L-Softmax: `|w_j| |x| cos(theta_j)`, own class `|w_y| |x| (lambda cos + psi) / (1 + lambda)`. */
export function largeMarginSoftmax(given: Given, margin: number, lambda = 0): Array64 {
  return softmaxOf(...given, (x, w) => x * w, { form: "multiple", margin, lambda });
}

/** SphereFace: the same without the lengths of the weights. */
export function sphereFace(given: Given, margin: number, lambda = 0): Array64 {
  return softmaxOf(...given, (x) => x, { form: "multiple", margin, lambda });
}

/** NormFace, COCO: `s cos(theta_j)`. */
export function cosineSoftmax(given: Given, scale: number): Array64 {
  return softmaxOf(...given, () => scale, { form: "cosine", margin: 0 });
}

/** CosFace: own class `s (cos(theta) - m)`. */
export function cosFace(given: Given, scale: number, margin: number): Array64 {
  return softmaxOf(...given, () => scale, { form: "cosine", margin });
}

/** ArcFace: own class `s cos(theta + m)`. */
export function arcFace(given: Given, scale: number, margin: number): Array64 {
  return softmaxOf(...given, () => scale, { form: "angle", margin });
}

/** AdaCos: `log(B) / cos(min(pi/4, median))`. */
export function adaCosScale(cos: Array64, labels: ArrayLike<number>, scale: number): Array64 {
  const [rows, classes] = cos.shape;
  let others = 0;
  const angles: number[] = [];
  cos.data.forEach((c, i) => {
    if (labels[Math.floor(i / classes)] === i % classes) angles.push(Math.acos(c));
    else others += Math.exp(scale * c) / rows;
  });
  const median = angles.sort((a, b) => a - b)[Math.floor((rows - 1) / 2)];
  return scalar(Math.log(others) / Math.cos(Math.min(Math.PI / 4, median)));
}
