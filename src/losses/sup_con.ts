/** Supervised contrastive loss: samples of a class attract each other, on the sphere. */
import { onlyOptions } from "../base/choice.ts";
import { div, equal, greater, maximum, mul, notEqual, sub } from "../ops/binary.ts";
import { cast } from "../ops/cast.ts";
import { reshape } from "../ops/layout.ts";
import { matmul } from "../ops/matmul.ts";
import { normalize } from "../ops/norm.ts";
import { sum } from "../ops/reduce.ts";
import { logSumExp } from "../ops/softmax.ts";
import { where } from "../ops/where.ts";
import { checkDType } from "../tensor/operands.ts";
import { tensor } from "../tensor/make_tensor.ts";
import { noGrad } from "../tensor/tape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkBatch, checkPairs, checkPositive } from "./checks.ts";
import { CosineHead } from "../model/heads.ts";
import type { Loss } from "./loss.ts";
import { SOFTMAX_SHARE, softmaxFirst } from "./softmax_first.ts";

/** Less than any similarity over a temperature. */
const NEVER = -1e30;

/**
 * Supervised contrastive loss (Khosla et al., "Supervised Contrastive Learning", NeurIPS 2020, Eq. 2, the sum outside of the
 * logarithm, with a mean over the anchors in place of the outer sum), over normalized features z:
 *
 *     mean over i of  -1/|P(i)| sum_{p in P(i)} log( exp(z_i z_p / t) / sum_{a != i} exp(z_i z_a / t) )
 *
 * P(i) are the other rows with the label of i; rows without any do not count. HobbitLong/SupContrast multiplies by
 * `t / 0.07`, and counts a row that has no other of its class as one of loss 0 (before December 2023 it was NaN);
 * KevinMusgrave/pytorch-metric-learning does neither, and we follow it and the paper. Two views of each image are rows like
 * any others, and then each row has another.
 *
 * @param features `[rows, dim]`; they are normalized here.
 * @param labels `[rows]`, `i32`, of any number of classes up to 2^24.
 * @returns A scalar, in nats; 0 where no row has another of its class. Needs memory for `[rows, rows]`.
 * @throws {TypeError} When the shapes do not fit.
 * @throws {RangeError} For a temperature that is not positive, or more rows than the adapter holds the pairs of.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, supConLoss, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const features = tensor([[2, 0], [1, 0], [0, 1]]);
 * const labels = tensor([0, 0, 1], { dtype: "i32" });
 * const loss = await supConLoss(features, labels, { temperature: 0.5 }).item();
 * // Of rows 0 and 1 each: the other at cosine 1, row 2 at cosine 0. Row 2 is alone and does not count.
 * assertAlmostEquals(loss, Math.log(1 + Math.exp(-1 / 0.5)), 1e-5);
 * ```
 */
export function supConLoss(
  features: Tensor,
  labels: Tensor,
  options: { temperature?: number } = {},
): Tensor {
  const { temperature = 0.1 } = onlyOptions("take supConLoss()", options, ["temperature"]),
    act = "the supervised contrastive loss";
  checkDType("supConLoss", "f32", { features });
  checkBatch(act, features, labels);
  checkPositive(act, "temperature", temperature);
  const [rows] = features.shape;
  checkPairs(act, rows, "samples", "use a smaller batch");
  const { others, positives, counts } = noGrad(() => pairsOf(labels, rows));
  const z = normalize(features);
  const similarities = div(matmul(z, z, { transposeB: true }), temperature);
  const all = logSumExp(where(others, similarities, NEVER), { keepDims: true });
  const attracted = sum(where(positives, sub(all, similarities), 0), { axes: 1 });
  const known = noGrad(() => maximum(sum(greater(counts, 0)), 1));
  return div(sum(div(attracted, maximum(counts, 1))), known);
}

/** Which pairs are of two samples, which of these of one class, and how many of those each sample has. */
function pairsOf(labels: Tensor, rows: number) {
  const places = tensor(Float32Array.from({ length: rows }, (_, i) => i));
  const pairs = (of: (a: Tensor, b: Tensor) => Tensor, t: Tensor) =>
    of(reshape(t, [rows, 1]), reshape(t, [1, rows]));
  const others = pairs(notEqual, places);
  const positives = mul(others, pairs(equal, cast(labels, "f32")));
  return { others, positives, counts: sum(positives, { axes: 1 }) };
}

/** {@linkcode supConLoss} in a recipe. */
export interface SupConRecipe {
  /** Tells it from the others. */
  kind: "supcon";
  /** What similarities are divided by. */
  temperature: number;
  /** Share of the training that begins with a softmax over `|x| cos(theta)`. Default: 0. */
  softmaxShare?: number;
}

/** SupCon among the losses. */
export const SUP_CON = {
  name: "SupCon",
  idea: "two views of each image; rows of one class attract each other among all rows of the batch",
  formula: "mean over positives p of -log softmax_a(z·z_a / τ)[p], z = x / |x|",
  source: "Khosla et al., NeurIPS 2020; HobbitLong/SupContrast",
  branch: "pairs",
  evaluation: "nearest-center",
  directions: true,
  start: { kind: "supcon", temperature: 0.1, softmaxShare: 0.66 },
  settings: {
    temperature: {
      flag: "temperature",
      what: "what similarities are divided by, tau",
      range: { low: 0.001, high: 100 },
    },
    softmaxShare: SOFTMAX_SHARE,
  },
  row: { featureDim: 2 },
  objective: ({ temperature, softmaxShare }) => ({
    centers: "none",
    readsLogits: false,
    pairwise: true,
    views: 2,
    // Its weights are those of the softmax at the start; afterwards nothing reads or trains them.
    head: (sizes, init) => new CosineHead(sizes, init, 1 / temperature),
    changeHead: (head) => void ((head as CosineHead).scale = 1 / temperature),
    ...softmaxFirst({
      terms: ["supcon"],
      weights: [temperature],
      softmaxShare,
      evaluate: ({ features, labels }) => [supConLoss(features, labels, { temperature })],
    }),
  }),
} as const satisfies Loss<SupConRecipe>;
