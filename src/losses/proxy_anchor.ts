/** Proxy-anchor loss: one proxy a class, which gathers the hard samples of a batch. */
import { onlyOptions } from "../base/choice.ts";
import { add, div, greater, maximum, mul, sub } from "../ops/binary.ts";
import { labelsCheck } from "../ops/check_rows.ts";
import { zeros } from "../ops/fill.ts";
import { concat } from "../ops/layout.ts";
import { oneHotRows } from "../ops/one_hot.ts";
import { sum } from "../ops/reduce.ts";
import { logSumExp } from "../ops/softmax.ts";
import { where } from "../ops/where.ts";
import { CosineHead, cosinesOf } from "../model/heads.ts";
import { checkDType } from "../tensor/operands.ts";
import { noGrad } from "../tensor/tape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkBatch, checkClassWeights, checkPositive, checkWeights } from "./checks.ts";
import { type Loss, SCALE } from "./loss.ts";
import { SOFTMAX_SHARE, softmaxFirst } from "./softmax_first.ts";

const checkLabels = labelsCheck("the proxy-anchor loss");

/** Options of {@linkcode proxyAnchorLoss}. */
export interface ProxyAnchorOptions {
  /** alpha: what cosines are multiplied by, above 0. Default: 32. */
  scale?: number;
  /** delta: what cosines with the own proxy have to be above 0, and others below. Default: 0.1. */
  margin?: number;
}

/** Less than any exponent. */
const NEVER = -1e30;

/**
 * Proxy-anchor loss (Kim et al., "Proxy Anchor Loss for Deep Metric Learning", CVPR 2020, Eq. 4), over cosines s of samples and
 * proxies:
 *
 *     1/|P+| sum_{p in P+} log(1 + sum_{x of p} exp(-alpha (s - delta)))  +  1/|P| sum_p log(1 + sum_{x not of p} exp(alpha (s + delta)))
 *
 * P are all proxies, P+ those with a sample in the batch. Held against ProxyAnchorLoss of KevinMusgrave/pytorch-metric-learning,
 * with which tjddus9597/Proxy-Anchor-CVPR2020 agrees as long as its exponentials do not overflow; here they cannot.
 *
 * @param features `[rows, dim]`.
 * @param proxies `[dim, classes]`; lengths do not count, nor do those of features.
 * @param labels `[rows]`, `i32`.
 * @returns A scalar, in nats.
 * @throws {TypeError} When the shapes do not fit.
 * @throws {RangeError} For a scale that is not positive, or a margin that is not finite; for a label that is no class, here or at the next readback.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, proxyAnchorLoss, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const labels = tensor([0], { dtype: "i32" });
 * const loss = await proxyAnchorLoss(tensor([[1, 0]]), tensor([[1, 0], [0, 1]]), labels, { scale: 4, margin: 0.1 }).item();
 * const pull = Math.log(1 + Math.exp(-4 * (1 - 0.1))), push = Math.log(1 + Math.exp(4 * (0 + 0.1)));
 * assertAlmostEquals(loss, pull + push / 2, 1e-5);
 * ```
 */
export function proxyAnchorLoss(
  features: Tensor,
  proxies: Tensor,
  labels: Tensor,
  options: ProxyAnchorOptions = {},
): Tensor {
  const { scale = 32, margin = 0.1 } = onlyOptions("take proxyAnchorLoss()", options, [
      "scale",
      "margin",
    ]),
    act = "the proxy-anchor loss";
  checkDType("proxyAnchorLoss", "f32", { features, proxies });
  checkBatch(act, features, labels);
  checkClassWeights(act, features, proxies);
  checkPositive(act, "scale", scale);
  checkWeights(act, { margin });
  const [, classes] = proxies.shape;
  const own = oneHotRows(labels, classes, checkLabels), cosines = cosinesOf(features, proxies);
  const gathered = (exponents: Tensor) =>
    sum(logSumExp(concat([zeros([1, classes]), exponents], 0), { axis: 0 }));
  const pull = gathered(where(own, mul(-scale, sub(cosines, margin)), NEVER));
  const push = gathered(where(own, NEVER, mul(scale, add(cosines, margin))));
  const present = noGrad(() => maximum(sum(greater(sum(own, { axes: 0 }), 0)), 1));
  return add(div(pull, present), div(push, classes));
}

/** {@linkcode proxyAnchorLoss} in a recipe. */
export interface ProxyAnchorRecipe {
  /** Tells it from the others. */
  kind: "proxy-anchor";
  /** alpha: what cosines are multiplied by. */
  scale: number;
  /** delta: the margin on both sides of 0. */
  margin: number;
  /** Share of the training that begins with a softmax over `|x| cos(theta)`. Default: 0. */
  softmaxShare?: number;
}

/** Proxy-anchor loss among the losses. */
export const PROXY_ANCHOR = {
  name: "ProxyAnchor",
  idea: "a proxy a class pulls the farthest of its samples and pushes the nearest of the others",
  formula:
    "mean_{P+} log(1 + Σ_{x of p} exp(-α (s - δ))) + mean_P log(1 + Σ_{others} exp(α (s + δ)))",
  source: "Kim et al., CVPR 2020; tjddus9597/Proxy-Anchor-CVPR2020",
  branch: "proxies",
  evaluation: "cosine",
  start: { kind: "proxy-anchor", scale: 8, margin: 0.9, softmaxShare: 0.66 },
  settings: {
    scale: SCALE,
    margin: {
      flag: "margin",
      what: "what cosines with the own proxy have to be above 0, and others below, delta",
      range: { low: 0, high: 1 },
    },
    softmaxShare: SOFTMAX_SHARE,
  },
  row: { featureDim: 2 },
  objective: ({ scale, margin, softmaxShare }) => ({
    centers: "none",
    readsLogits: true,
    pairwise: true,
    head: (sizes, init) => new CosineHead(sizes, init, scale),
    changeHead: (head) => void ((head as CosineHead).scale = scale),
    ...softmaxFirst({
      terms: ["proxy_anchor"],
      weights: [1 / scale],
      softmaxShare,
      evaluate: ({ features, labels, head }) => [
        proxyAnchorLoss(features, head.weight, labels, { scale, margin }),
      ],
    }),
  }),
} as const satisfies Loss<ProxyAnchorRecipe>;
