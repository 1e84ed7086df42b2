/** AdaCos: a softmax over cosines that finds its scale. */
import { onlyOptions } from "../base/choice.ts";
import { add, div, equal, less, minimum, mul, sub } from "../ops/binary.ts";
import { labelsCheck } from "../ops/check_rows.ts";
import { full } from "../ops/fill.ts";
import { reshape } from "../ops/layout.ts";
import { oneHotRows } from "../ops/one_hot.ts";
import type { Operand } from "../ops/operand.ts";
import { sum } from "../ops/reduce.ts";
import { logSumExp } from "../ops/softmax.ts";
import { acos, clamp, cos } from "../ops/unary.ts";
import { where } from "../ops/where.ts";
import { CosineHead, cosinesOf } from "../model/heads.ts";
import { checkDType } from "../tensor/operands.ts";
import { tensor } from "../tensor/make_tensor.ts";
import { noGrad } from "../tensor/tape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { assign } from "./anneal.ts";
import { checkBatch } from "./checks.ts";
import { softmaxCrossEntropy } from "./cross_entropy.ts";
import type { Loss } from "./loss.ts";
import { SOFTMAX_SHARE, softmaxFirst } from "./softmax_first.ts";

const checkLabels = labelsCheck("the scale of AdaCos");

/**
 * The scale that AdaCos takes next (Zhang et al., "AdaCos: Adaptively Scaling Cosine Logits for Effectively Learning Deep Face
 * Representations", CVPR 2019, Eq. 15): `log(B) / cos(min(pi/4, median))`, with B the mean over the batch of the sum of
 * `exp(scale cos(theta_j))` over the other classes, and the median that of the angles between samples and their own classes,
 * the lower of two. 4uiiurz1/pytorch-adacos computes the same since May 2019; copies of its first versions take the median of
 * all angles and add a margin. Recipes bound the scale, because in few dimensions it grows without end. No gradient.
 *
 * @param cosines `[rows, classes]`, from -1 to 1.
 * @param labels `[rows]`, `i32`.
 * @returns A scalar.
 * @throws {TypeError} When the shapes do not fit.
 * @throws {RangeError} For a label that is no class, here or at the next readback.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { adaCosScale, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const cosines = tensor([[0.9, 0, -1]]);
 * const labels = tensor([0], { dtype: "i32" });
 * const next = await adaCosScale(cosines, labels, { scale: 2 }).item();
 * assertAlmostEquals(next, Math.log(1 + Math.exp(-2)) / 0.9, 1e-5);
 * ```
 */
export function adaCosScale(
  cosines: Tensor,
  labels: Tensor,
  options: { scale: Operand },
): Tensor {
  const { scale } = onlyOptions("take adaCosScale()", options, ["scale"]);
  checkDType("adaCosScale", "f32", { cosines });
  checkBatch("the scale of AdaCos", cosines, labels);
  const [rows, classes] = cosines.shape;
  return noGrad(() => {
    const own = oneHotRows(labels, classes, checkLabels);
    // By logarithms: the exponential of a scale above 88 is infinite.
    const all = logSumExp(logSumExp(where(own, -Infinity, mul(scale, cosines))));
    const bounded = clamp(sum(mul(own, cosines), { axes: 1 }), { min: -1, max: 1 });
    const median = medianOf(acos(bounded));
    return div(sub(all, Math.log(rows)), cos(minimum(median, Math.PI / 4)));
  });
}

/** The median of `[count]`, the lower of two; NaN where one of them is. */
function medianOf(x: Tensor): Tensor {
  const [count] = x.shape, places = tensor(Float32Array.from({ length: count }, (_, i) => i));
  const column = (t: Tensor) => reshape(t, [count, 1]), row = (t: Tensor) => reshape(t, [1, count]);
  const sooner = less(row(places), column(places));
  const before = add(less(row(x), column(x)), mul(equal(row(x), column(x)), sooner));
  const middle = equal(sum(before, { axes: 1 }), Math.floor((count - 1) / 2));
  return add(sum(where(middle, x, 0)), mul(0, sum(x)));
}

/** AdaCos in a recipe. */
export interface AdaCosRecipe {
  /** Tells it from the others. */
  kind: "adacos";
  /**
   * The scale grows no further. Without a bound it multiplies itself by `cos / cos(pi/4)` with each step where the other
   * classes' cosines are above 0.71, as they are among ten classes in the plane.
   */
  most: number;
  /** Share of the training that begins with a softmax over `|x| cos(theta)`. Default: 0. */
  softmaxShare?: number;
}

/** AdaCos among the losses. */
export const ADACOS = {
  name: "AdaCos",
  idea:
    "a softmax over cosines whose scale follows the median angle, so that nobody has to choose it",
  formula: "-log softmax(s cos θ_j), s = log B / cos min(π/4, median θ_y)",
  source: "Zhang et al., CVPR 2019; 4uiiurz1/pytorch-adacos",
  branch: "angles",
  evaluation: "cosine",
  start: { kind: "adacos", most: 20, softmaxShare: 0.66 },
  settings: {
    most: {
      flag: "most-scale",
      what: "upper bound of the scale, which among ten classes in the plane would grow without end",
      range: { low: 1, high: 1000 },
    },
    softmaxShare: SOFTMAX_SHARE,
  },
  row: { featureDim: 2 },
  objective: ({ most, softmaxShare }) => ({
    counts: ["scale"],
    centers: "none",
    readsLogits: true,
    head: (sizes, init) =>
      new CosineHead(sizes, init, full([1], Math.SQRT2 * Math.log(sizes.out - 1))),
    tryOut: ({ classes }) => {
      if (classes >= 3) return;
      throw new RangeError(
        `Cannot train the loss "adacos" on ${classes} classes: its scale begins at sqrt(2) log(classes - 1); it needs 3 at least`,
      );
    },
    ...softmaxFirst({
      terms: ["adacos"],
      weights: [1 / most],
      softmaxShare,
      evaluate: ({ features, labels, head, training }) => {
        const cosines = cosinesOf(features, head.weight);
        const kept = (head as CosineHead).scale as Tensor;
        const scale = training
          ? noGrad(() => minimum(adaCosScale(cosines, labels, { scale: kept }), most))
          : noGrad(() => sum(kept));
        if (training) assign(kept, scale);
        return [softmaxCrossEntropy(mul(scale, cosines), labels), scale];
      },
    }),
  }),
} as const satisfies Loss<AdaCosRecipe>;
