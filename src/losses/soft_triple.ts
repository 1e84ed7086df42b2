/** SoftTriple: several proxies a class. */
import { onlyOptions } from "../base/choice.ts";
import { add, div, maximum, mul, sub } from "../ops/binary.ts";
import { labelsCheck } from "../ops/check_rows.ts";
import { reshape } from "../ops/layout.ts";
import { matmul } from "../ops/matmul.ts";
import { normalize } from "../ops/norm.ts";
import { oneHotRows } from "../ops/one_hot.ts";
import { sum } from "../ops/reduce.ts";
import { softmax } from "../ops/softmax.ts";
import { sqrt } from "../ops/unary.ts";
import { cosinesOf, FunctionHead } from "../model/heads.ts";
import { checkDType } from "../tensor/operands.ts";
import { tensor } from "../tensor/make_tensor.ts";
import type { Tensor } from "../tensor/tensor.ts";
import {
  checkBatch,
  checkClassWeights,
  checkNotNegative,
  checkPairs,
  checkPositive,
} from "./checks.ts";
import { softmaxCrossEntropy } from "./cross_entropy.ts";
import { type Loss, SCALE } from "./loss.ts";
import { SOFTMAX_SHARE, softmaxFirst } from "./softmax_first.ts";

const checkLabels = labelsCheck("the SoftTriple loss");

/** Options of {@linkcode softTripleTerms}. */
export interface SoftTripleOptions {
  /** K: columns of the weights that belong to a class, one after the other. Default: 10. */
  proxies?: number;
  /** lambda: what similarities of classes are multiplied by, above 0. Default: 20. */
  scale?: number;
  /** gamma: the temperature over the proxies of a class, above 0. Default: 0.1. */
  temperature?: number;
  /** delta: subtracted from the own class's similarity. Default: 0.01. */
  margin?: number;
}

/** What {@linkcode softTripleTerms} gives: scalars. */
export interface SoftTripleTerms {
  /** Cross-entropy of the classes' similarities, in nats. */
  classification: Tensor;
  /** Half the mean distance of two proxies of one class, which draws needless ones together; 0 with one a class. */
  spread: Tensor;
}

/** The source's, under its root. */
const EPS = 1e-5;

/** Similarities of samples with classes, `[rows, classes]`: cosines with the class's proxies, weighted by their softmax. */
function classSimilarities(
  features: Tensor,
  weight: Tensor,
  proxies: number,
  temperature: number,
): Tensor {
  const [rows] = features.shape, classes = weight.shape[1] / proxies;
  const cosines = reshape(cosinesOf(features, weight), [rows, classes, proxies]);
  return sum(mul(softmax(div(cosines, temperature)), cosines), { axes: 2 });
}

/**
 * The two terms of SoftTriple loss, before the weight tau of the second (Qian et al., "SoftTriple Loss: Deep Metric Learning
 * Without Triplet Sampling", ICCV 2019, Eq. 8 and 10). Held against idstcv/SoftTriple, whose network normalizes the features;
 * KevinMusgrave/pytorch-metric-learning leaves the second term out.
 *
 * @param features `[rows, dim]`; they are normalized here.
 * @param weight `[dim, classes times proxies]`; lengths do not count.
 * @param labels `[rows]`, `i32`.
 * @throws {TypeError} When the shapes do not fit.
 * @throws {RangeError} For a setting out of range; for more proxies than the adapter holds the pairs of; for a label that is no class, here or at the next readback.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, softTripleTerms, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const weight = tensor([[1, 1, -1, -1], [0, 0, 0, 0]]); // two proxies a class, in one place
 * const labels = tensor([0], { dtype: "i32" });
 * const options = { proxies: 2, scale: 2, margin: 0.1 };
 * const { classification, spread } = softTripleTerms(tensor([[3, 0]]), weight, labels, options);
 * assertAlmostEquals(await classification.item(), Math.log(1 + Math.exp(2 * (-1 - 0.9))), 1e-5);
 * assertAlmostEquals(await spread.item(), Math.sqrt(1e-5) / 2, 1e-3); // the root of 1e-5 for each pair
 * ```
 */
export function softTripleTerms(
  features: Tensor,
  weight: Tensor,
  labels: Tensor,
  options: SoftTripleOptions = {},
): SoftTripleTerms {
  const { proxies = 10, scale = 20, temperature = 0.1, margin = 0.01 } = onlyOptions(
    "take softTripleTerms()",
    options,
    ["proxies", "scale", "temperature", "margin"],
  );
  const act = "the SoftTriple loss";
  checkDType("softTripleTerms", "f32", { features, weight });
  if (!Number.isInteger(proxies) || proxies < 1) {
    throw new RangeError(
      `Cannot take ${act} with ${proxies} proxies a class: it must be a whole number from 1`,
    );
  }
  checkBatch(act, features, labels);
  checkClassWeights(act, features, weight, proxies);
  checkPositive(act, "scale", scale);
  checkPositive(act, "temperature", temperature);
  checkNotNegative(act, "margin", margin);
  checkPairs(act, weight.shape[1], "proxies", "take fewer classes or proxies, or another loss");
  const classes = weight.shape[1] / proxies;
  const similarities = classSimilarities(features, weight, proxies, temperature);
  const own = mul(oneHotRows(labels, classes, checkLabels), margin);
  return {
    classification: softmaxCrossEntropy(mul(scale, sub(similarities, own)), labels),
    spread: spreadOf(weight, classes, proxies),
  };
}

/** The sum over pairs of proxies of one class of their distance, over classes and ordered pairs. */
function spreadOf(weight: Tensor, classes: number, proxies: number): Tensor {
  const count = classes * proxies, directions = normalize(weight, { axis: 0 });
  const cosines = matmul(directions, directions, { transposeA: true });
  const together = (i: number) => {
    const a = Math.floor(i / count), b = i % count;
    return a < b && Math.floor(a / proxies) === Math.floor(b / proxies) ? 1 : 0;
  };
  const pairs = tensor(Float32Array.from({ length: count ** 2 }, (_, i) => together(i)), {
    shape: [count, count],
  });
  // Directions that coincide have a cosine above 1 by a rounding.
  const distances = sqrt(maximum(add(mul(sub(1, cosines), 2), EPS), EPS / 10));
  return mul(sum(mul(pairs, distances)), 1 / (count * Math.max(proxies - 1, 1)));
}

/** SoftTriple loss in a recipe. */
export interface SoftTripleRecipe {
  /** Tells it from the others. */
  kind: "soft-triple";
  /** K: proxies a class. */
  proxies: number;
  /** lambda: what similarities are multiplied by. */
  scale: number;
  /** gamma: the temperature over the proxies of a class. */
  temperature: number;
  /** delta: subtracted from the own class's similarity. */
  margin: number;
  /** tau: the factor on the spread of the proxies. */
  weight: number;
  /** Share of the training that begins with a softmax over `|x| cos(theta)`. Default: 0. */
  softmaxShare?: number;
}

/** SoftTriple loss among the losses. */
export const SOFT_TRIPLE = {
  name: "SoftTriple",
  idea:
    "a softmax over classes that each have several proxies, of which needless ones draw together",
  formula: "-log softmax(λ (S_j - δ [j = y])) + τ spread, S_j = Σ_k softmax_k(x·w_jk / γ) x·w_jk",
  source: "Qian et al., ICCV 2019; idstcv/SoftTriple",
  branch: "proxies",
  evaluation: "logit",
  directions: true,
  start: {
    kind: "soft-triple",
    proxies: 4,
    scale: 20,
    temperature: 0.1,
    margin: 0.01,
    weight: 0.2,
    softmaxShare: 0.66,
  },
  settings: {
    proxies: {
      flag: "proxies",
      what: "proxies a class, K",
      range: { whole: true, low: 1, high: 64 },
      fixed: true,
    },
    scale: SCALE,
    temperature: {
      flag: "temperature",
      what: "temperature over the proxies of a class, gamma",
      range: { low: 0.001, high: 100 },
    },
    margin: {
      flag: "margin",
      what: "subtracted from the own class's similarity, delta",
      range: { low: 0, high: 2 },
    },
    weight: {
      flag: "weight-center",
      what: "weight of what draws the proxies of a class together, tau",
      range: { low: 0, high: 1e6 },
      weight: true,
    },
    softmaxShare: SOFTMAX_SHARE,
  },
  row: { featureDim: 2 },
  objective: ({ proxies, scale, temperature, margin, weight, softmaxShare }) => {
    const logitsOf = (x: Tensor, w: Tensor) =>
      mul(scale, classSimilarities(x, w, proxies, temperature));
    return {
      centers: "none",
      readsLogits: true,
      head: (sizes, init) =>
        new FunctionHead({ ...sizes, out: sizes.out * proxies }, init, logitsOf),
      changeHead: (head) => void ((head as FunctionHead).logits = logitsOf),
      ...softmaxFirst({
        terms: ["soft_triple", "spread"],
        weights: [1 / scale, weight / scale],
        softmaxShare,
        cosines: ({ features, head }) =>
          classSimilarities(features, head.weight, proxies, temperature),
        evaluate: ({ features, labels, head }) => {
          const options = { proxies, scale, temperature, margin };
          const terms = softTripleTerms(features, head.weight, labels, options);
          return [terms.classification, terms.spread];
        },
      }),
    };
  },
} as const satisfies Loss<SoftTripleRecipe>;
