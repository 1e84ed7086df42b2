/** A fixed simplex classifier: the last layer is where neural collapse would bring it. */
import { onlyOptions } from "../base/choice.ts";
import { FixedHead } from "../model/heads.ts";
import { tensor } from "../tensor/make_tensor.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkPositive } from "./checks.ts";
import { softmaxCrossEntropy } from "./cross_entropy.ts";
import type { Loss } from "./loss.ts";

/**
 * The simplex equiangular tight frame: as many vectors as classes, of one length, every two at the cosine
 * `-1 / (classes - 1)`, the widest angle that all pairs can have (Papyan et al., PNAS 2020). As the weights of a last layer that
 * is not trained, it is the classifier of Zhu et al. ("A Geometric Analysis of Neural Collapse with Unconstrained Features",
 * NeurIPS 2021). The vectors are orthonormal directions of the space in which coordinates add up to 0, in the first
 * `classes - 1` of `dim` coordinates.
 *
 * @param dim Length of a feature, `classes - 1` at least.
 * @param options `scale`: the length of each vector. Default: 1.
 * @returns `[dim, classes]`, as {@linkcode linear} takes weights.
 * @throws {RangeError} For fewer than two classes, too few coordinates, or a scale that is not positive.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { matmul, openGpu, simplexWeights } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const weight = simplexWeights(5, 4);
 * const cosines = await matmul(weight, weight, { transposeA: true }).read();
 * assertAlmostEquals(cosines[0], 1, 1e-6);
 * assertAlmostEquals(cosines[1], -1 / 3, 1e-6);
 * ```
 */
export function simplexWeights(
  dim: number,
  classes: number,
  options: { scale?: number } = {},
): Tensor {
  const { scale = 1 } = onlyOptions("make simplexWeights()", options, ["scale"]);
  checkSimplex(dim, classes);
  checkPositive("the weights of a simplex", "scale", scale);
  const weight = new Float32Array(dim * classes);
  const length = scale * Math.sqrt(classes / (classes - 1));
  // Helmert's matrix: row i is orthogonal to all others and to (1, ..., 1).
  for (let i = 0; i < classes - 1; i++) {
    const unit = length / Math.sqrt((i + 1) * (i + 2));
    for (let j = 0; j <= i + 1; j++) weight[i * classes + j] = j <= i ? unit : -(i + 1) * unit;
  }
  return tensor(weight, { shape: [dim, classes] });
}

/** Refuses a simplex that there is not. */
function checkSimplex(dim: number, classes: number): void {
  if (!Number.isInteger(classes) || classes < 2) {
    throw new RangeError(
      `Cannot make a simplex of ${classes} classes: it must be a whole number from 2`,
    );
  }
  if (!Number.isInteger(dim) || dim < classes - 1) {
    throw new RangeError(
      `Cannot make a simplex of ${classes} classes in ${dim} dimensions: it needs ${
        classes - 1
      } at least`,
    );
  }
}

/** Cross-entropy over a fixed simplex, in a recipe. */
export interface SimplexRecipe {
  /** Tells it from the others. */
  kind: "simplex";
  /** The length of each class's vector. */
  scale: number;
}

/** The fixed simplex among the losses. */
export const SIMPLEX = {
  name: "fixed simplex (ETF)",
  idea: "cross-entropy over a last layer that is fixed, every two classes at the widest angle",
  formula: "-log softmax(w_j·x), w_j·w_k = -s² / (classes - 1) for j ≠ k, fixed",
  source: "Zhu et al., NeurIPS 2021; tding1/Neural-Collapse",
  branch: "softmax",
  evaluation: "logit",
  start: { kind: "simplex", scale: 1 },
  settings: {
    scale: {
      flag: "scale",
      what: "length of each class's fixed vector",
      range: { low: 0, above: true, high: 1000 },
      fixed: true,
    },
  },
  row: { featureDim: 128 },
  objective: ({ scale }) => ({
    terms: ["cross_entropy"],
    weights: [1],
    centers: "none",
    readsLogits: true,
    head: (sizes) => new FixedHead(simplexWeights(sizes.in, sizes.out, { scale })),
    tryOut: ({ featureDim, classes }) => checkSimplex(featureDim, classes),
    evaluate: ({ logits, labels }) => [softmaxCrossEntropy(logits, labels)],
  }),
} as const satisfies Loss<SimplexRecipe>;
