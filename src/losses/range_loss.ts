/** Range loss: the widest pairs of each class, and the nearest two classes. */
import { onlyOptions } from "../base/choice.ts";
import { argmax } from "../ops/argmax.ts";
import { add, div, greater, less, maximum, mul, sub } from "../ops/binary.ts";
import { labelsCheck } from "../ops/check_rows.ts";
import { max, min } from "../ops/extremum.ts";
import { reshape, transpose } from "../ops/layout.ts";
import { matmul } from "../ops/matmul.ts";
import { oneHot, oneHotRows } from "../ops/one_hot.ts";
import { sum } from "../ops/reduce.ts";
import { squaredDistances } from "../ops/squared_distances.ts";
import { relu } from "../ops/unary.ts";
import { where } from "../ops/where.ts";
import { checkDType } from "../tensor/operands.ts";
import { tensor } from "../tensor/make_tensor.ts";
import { LEAST_POSITIVE } from "../tensor/setting.ts";
import { noGrad } from "../tensor/tape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkBatch, checkNotNegative } from "./checks.ts";
import { softmaxCrossEntropy } from "./cross_entropy.ts";
import { type Loss, WEIGHT_INTER, WEIGHT_INTRA } from "./loss.ts";

const checkLabels = labelsCheck("the range loss");

/** Options of {@linkcode rangeTerms}. */
export interface RangeOptions {
  /** How many classes there are. */
  classes: number;
  /** k: how many of a class's widest pairs count. Default: 2, as published. */
  largest?: number;
  /** Squared distance of the nearest two class means from which on nothing pushes. */
  margin: number;
}

/** What {@linkcode rangeTerms} gives: scalars, in squared units of the features. */
export interface RangeTerms {
  /** The sum over classes of the harmonic mean of their k largest squared distances. */
  within: Tensor;
  /** `max(margin - the smallest squared distance between the means of two classes, 0)`. */
  between: Tensor;
}

/** No distance: the pair is of another class, or was taken. */
const TAKEN = -1;
/** Squared distances below this count as it: the harmonic mean divides by them. */
const LEAST = 1e-12;
/** More than any distance. */
const FAR = 3e38;

/**
 * The two terms of range loss over a batch (Zhang et al., "Range Loss for Deep Face Recognition with Long-Tailed Training
 * Data", ICCV 2017, Eq. 4 to 6), before their weights. A class with fewer than k pairs has the harmonic mean of those it has;
 * one with a single sample has none, and a batch of one class has nothing between.
 *
 * @param features `[rows, dim]`. Needs memory for `[classes, rows, rows]`.
 * @param labels `[rows]`, `i32`.
 * @throws {TypeError} When the shapes do not fit.
 * @throws {RangeError} When `largest` is no whole number from 1 or the margin is negative; for a label that is no class, here
 * or at the next readback.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, rangeTerms, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const features = tensor([[0, 0], [2, 0], [1, 0], [1, 3]]);
 * const labels = tensor([0, 0, 0, 1], { dtype: "i32" });
 * const { within, between } = rangeTerms(features, labels, { classes: 2, margin: 25 });
 * assertAlmostEquals(await within.item(), 2 / (1 / 4 + 1 / 1), 1e-5); // of class 0: 4, then 1
 * assertAlmostEquals(await between.item(), 25 - 9, 1e-4); // from (1, 0) to (1, 3)
 * ```
 */
export function rangeTerms(features: Tensor, labels: Tensor, options: RangeOptions): RangeTerms {
  const { classes, largest = 2, margin } = onlyOptions("take rangeTerms()", options, [
      "classes",
      "largest",
      "margin",
    ]),
    act = "the range loss";
  checkDType("rangeTerms", "f32", { features });
  checkBatch(act, features, labels);
  checkNotNegative(act, "margin", margin);
  if (!Number.isInteger(largest) || largest < 1) {
    throw new RangeError(
      `Cannot take ${act} with the ${largest} largest: it must be a whole number from 1`,
    );
  }
  const members = transpose(oneHotRows(labels, classes, checkLabels));
  return {
    within: within(features, members, largest),
    between: between(features, members, margin),
  };
}

function within(features: Tensor, members: Tensor, largest: number): Tensor {
  const [classes, rows] = members.shape, pairs = rows * rows;
  const places = tensor(Float32Array.from({ length: rows }, (_, i) => i));
  const mask = noGrad(() => {
    const sooner = less(reshape(places, [rows, 1]), reshape(places, [1, rows]));
    const both = mul(reshape(members, [classes, rows, 1]), reshape(members, [classes, 1, rows]));
    return reshape(mul(both, sooner), [classes, pairs]);
  });
  const distances = reshape(squaredDistances(features, features), [1, pairs]);
  let left = where(mask, distances, TAKEN);
  const inverses: Tensor[] = [], found: Tensor[] = [];
  for (let k = 0; k < largest; k++) {
    const widest = max(left, { axes: 1 });
    const known = greater(widest, TAKEN / 2);
    inverses.push(where(known, div(1, maximum(widest, LEAST)), 0));
    found.push(known);
    if (k + 1 < largest) left = where(oneHot(argmax(left), pairs), TAKEN, left);
  }
  const [all, count] = [inverses, found].map((parts) => parts.reduce((a, b) => add(a, b)));
  return add(
    sum(where(count, div(count, maximum(all, LEAST_POSITIVE)), 0)),
    mul(0, sum(distances)), // a NaN stays one
  );
}

function between(features: Tensor, members: Tensor, margin: number): Tensor {
  const [classes] = members.shape;
  const counts = sum(members, { axes: 1, keepDims: true });
  const means = div(matmul(members, features), maximum(counts, 1));
  const apart = noGrad(() => {
    const present = greater(counts, 0),
      places = tensor(Float32Array.from({ length: classes }, (_, j) => j));
    const sooner = less(reshape(places, [classes, 1]), reshape(places, [1, classes]));
    return mul(mul(present, transpose(present)), sooner);
  });
  const nearest = min(where(apart, squaredDistances(means, means), FAR));
  return relu(sub(margin, nearest));
}

/** {@linkcode rangeTerms} beside cross-entropy, in a recipe. */
export interface RangeRecipe {
  /** Tells it from the others. */
  kind: "range";
  /** alpha: the factor on the ranges within classes. */
  weightIntra: number;
  /** beta: the factor on what the nearest two classes lack of the margin. */
  weightInter: number;
  /** Squared distance of class means from which on nothing pushes. */
  margin: number;
  /** k: how many of a class's widest pairs count. */
  largest: number;
}

/** Range loss among the losses. */
export const RANGE = {
  name: "Range loss",
  idea:
    "cross-entropy, narrower widest pairs within classes, and more room between the nearest two",
  formula:
    "cross-entropy + α Σ_class k / Σ_k 1/D_k + β [m - min |c_p - c_q|²]_+, the k largest D within",
  source: "Zhang et al., ICCV 2017",
  branch: "pairs",
  evaluation: "logit",
  start: { kind: "range", weightIntra: 0.01, weightInter: 0.01, margin: 50, largest: 2 },
  settings: {
    weightIntra: WEIGHT_INTRA,
    weightInter: WEIGHT_INTER,
    margin: {
      flag: "margin",
      what: "squared distance of class means from which on nothing pushes, m",
      range: { low: 0, high: 1e6 },
    },
    largest: {
      flag: "largest",
      what: "how many of a class's widest pairs count, k",
      range: { whole: true, low: 1, high: 8 },
    },
  },
  row: { featureDim: 2 },
  objective: ({ weightIntra, weightInter, margin, largest }) => ({
    terms: ["cross_entropy", "range_within", "range_between"],
    weights: [1, weightIntra, weightInter],
    centers: "none",
    readsLogits: true,
    pairwise: true,
    evaluate: ({ features, logits, labels }) => {
      const [, classes] = logits.shape;
      const ranges = rangeTerms(features, labels, { classes, largest, margin });
      return [softmaxCrossEntropy(logits, labels), ranges.within, ranges.between];
    },
  }),
} as const satisfies Loss<RangeRecipe>;
