/** Class anchor clustering: each class has a fixed place in the space of the logits. */
import { onlyOptions } from "../base/choice.ts";
import { maximum, mul } from "../ops/binary.ts";
import { labelsCheck } from "../ops/check_rows.ts";
import { matmul } from "../ops/matmul.ts";
import { oneHotRows } from "../ops/one_hot.ts";
import { mean, sum } from "../ops/reduce.ts";
import { squaredDistances } from "../ops/squared_distances.ts";
import { neg, sqrt } from "../ops/unary.ts";
import { where } from "../ops/where.ts";
import { FunctionHead } from "../model/heads.ts";
import { checkDType } from "../tensor/operands.ts";
import { tensor } from "../tensor/make_tensor.ts";
import { show } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkBatch, checkPairs, checkPositive } from "./checks.ts";
import { softmaxCrossEntropy } from "./cross_entropy.ts";
import { type Loss, WEIGHT } from "./loss.ts";

const checkLabels = labelsCheck("the class anchors");

/** What {@linkcode classAnchorTerms} gives: scalars. */
export interface AnchorTerms {
  /** `mean log(1 + sum over the others of exp(d_y - d_j))`, in units of the scores. */
  tuplet: Tensor;
  /** `mean d_y`. */
  anchor: Tensor;
}

/** Distances below this count as it: the slope of a distance has no direction at 0. */
const LEAST = 1e-6;

/**
 * The Euclidean distance of each row of scores to the anchor of each class, `anchor` times the class's unit vector, as
 * logits: with a minus, so that the largest is the nearest.
 *
 * @param scores `[rows, classes]`.
 * @returns `[rows, classes]`.
 * @throws {TypeError} When they are no matrix.
 * @throws {RangeError} For an anchor that is not positive; for more classes than the adapter holds the pairs of.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { anchorLogits, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await anchorLogits(tensor([[3, 0]]), { anchor: 4 }).read()], [-1, -5]);
 * ```
 */
export function anchorLogits(scores: Tensor, options: { anchor?: number } = {}): Tensor {
  const { anchor = 10 } = onlyOptions("take anchorLogits()", options, ["anchor"]);
  checkDType("anchorLogits", "f32", { scores });
  checkPositive("the class anchors", "anchor", anchor);
  const [, classes] = scores.shape;
  if (scores.shape.length !== 2 || classes === 0) {
    throw new TypeError(
      `Cannot take the class anchors of ${show(scores.shape)}: they need [rows, classes]`,
    );
  }
  checkPairs("the class anchors", classes, "classes", "take fewer classes, or another loss");
  const places = Float32Array.from(
    { length: classes ** 2 },
    (_, i) => i % (classes + 1) === 0 ? anchor : 0,
  );
  const squares = squaredDistances(scores, tensor(places, { shape: [classes, classes] }));
  return neg(sqrt(maximum(squares, LEAST ** 2)));
}

/**
 * The two terms of class anchor clustering, before the weight of the second (Miller et al., "Class Anchor Clustering: A Loss
 * for Distance-based Open Set Recognition", WACV 2021, Eq. 5 to 7): a softmax over the negative distances to fixed anchors, and
 * the distance to the own one. The sum of both with a factor of 0.1 is the paper's, and that of dimitymiller/cac-openset.
 *
 * @param scores `[rows, classes]`: what the last layer gives.
 * @param labels `[rows]`, `i32`.
 * @throws {TypeError} When the shapes do not fit.
 * @throws {RangeError} For an anchor that is not positive; for a label that is no class, here or at the next readback.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { classAnchorTerms, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const labels = tensor([0], { dtype: "i32" });
 * const { tuplet, anchor } = classAnchorTerms(tensor([[3, 0]]), labels, { anchor: 4 });
 * assertAlmostEquals(await anchor.item(), 1, 1e-6);
 * assertAlmostEquals(await tuplet.item(), Math.log(1 + Math.exp(1 - 5)), 1e-6);
 * ```
 */
export function classAnchorTerms(
  scores: Tensor,
  labels: Tensor,
  options: { anchor?: number } = {},
): AnchorTerms {
  checkBatch("the class anchors", scores, labels);
  return termsOf(anchorLogits(scores, options), labels);
}

function termsOf(logits: Tensor, labels: Tensor): AnchorTerms {
  const own = sum(where(oneHotRows(labels, logits.shape[1], checkLabels), logits, 0), { axes: 1 });
  return { tuplet: softmaxCrossEntropy(logits, labels), anchor: mul(-1, mean(own)) };
}

/** Class anchor clustering in a recipe. */
export interface CacRecipe {
  /** Tells it from the others. */
  kind: "cac";
  /** How far from the origin each anchor lies, on its own axis. */
  anchor: number;
  /** lambda: the factor on the distance to the own anchor. */
  weight: number;
}

/** Class anchor clustering among the losses. */
export const CAC = {
  name: "class anchors (CAC)",
  idea:
    "a softmax over distances to fixed anchors, one on each axis of the logits, and a pull to the own",
  formula: "mean log(1 + Σ_{j≠y} exp(d_y - d_j)) + λ mean d_y, d_j = |z - α e_j|",
  source: "Miller et al., WACV 2021; dimitymiller/cac-openset",
  branch: "centers",
  evaluation: "logit",
  start: { kind: "cac", anchor: 10, weight: 0.1 },
  settings: {
    anchor: {
      flag: "anchor",
      what: "distance of each class's anchor from the origin, alpha",
      range: { low: 0, above: true, high: 1e4 },
    },
    weight: WEIGHT,
  },
  row: { featureDim: 2 },
  objective: ({ anchor, weight }) => {
    const logitsOf = (x: Tensor, w: Tensor) => anchorLogits(matmul(x, w), { anchor });
    return {
      terms: ["tuplet", "anchor"],
      weights: [1, weight],
      centers: "none",
      readsLogits: true,
      head: (sizes, init) => new FunctionHead(sizes, init, logitsOf),
      changeHead: (head) => void ((head as FunctionHead).logits = logitsOf),
      evaluate: ({ logits, labels }) => {
        const terms = termsOf(logits, labels);
        return [terms.tuplet, terms.anchor];
      },
    };
  },
} as const satisfies Loss<CacRecipe>;
