/** Island loss: center loss whose centers turn away from each other. */
import { add, sub } from "../ops/binary.ts";
import { matmul } from "../ops/matmul.ts";
import { normalize } from "../ops/norm.ts";
import { sum } from "../ops/reduce.ts";
import { square } from "../ops/unary.ts";
import { checkDType } from "../tensor/operands.ts";
import { show } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { centerLoss } from "./center_loss.ts";
import { checkPairs } from "./checks.ts";
import { softmaxCrossEntropy } from "./cross_entropy.ts";
import { type Loss, WEIGHT, WEIGHT_INTER } from "./loss.ts";

/**
 * What Island loss adds to center loss (Cai et al., "Island Loss for Learning Discriminative Features in Facial Expression
 * Recognition", FG 2018, Eq. 5): the sum of `cos(c_j, c_k) + 1` over all ordered pairs of different centers. It is 0 where
 * every two centers point away from each other, which only two can. FER-China/islandloss sums the same, but what its
 * backward pass returns is not the gradient of that sum (it multiplies the centers element by element, where the gradient has
 * their dot product); ours is.
 *
 * @param centers `[classes, dim]`; one of zeros has a cosine of 0 with all.
 * @returns A scalar without a unit, from 0 to `2 classes (classes - 1)`.
 * @throws {TypeError} When they are no matrix.
 * @throws {RangeError} For more classes than the adapter holds the pairs of.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { islandSeparation, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertAlmostEquals(await islandSeparation(tensor([[2, 0], [0, 1]])).item(), 2, 1e-6);
 * assertAlmostEquals(await islandSeparation(tensor([[2, 0], [-1, 0]])).item(), 0, 1e-6);
 * ```
 */
export function islandSeparation(centers: Tensor): Tensor {
  checkDType("islandSeparation", "f32", { centers });
  if (centers.shape.length !== 2 || centers.size === 0) {
    throw new TypeError(
      `Cannot take the island separation of ${show(centers.shape)}: it needs [classes, dim]`,
    );
  }
  const [classes] = centers.shape;
  checkPairs("the island separation", classes, "classes", "take fewer classes, or another loss");
  const directions = normalize(centers);
  const all = sum(matmul(directions, directions, { transposeB: true }));
  return add(sub(all, sum(square(directions))), classes * (classes - 1));
}

/** Island loss beside cross-entropy, in a recipe. */
export interface IslandRecipe {
  /** Tells it from the others. */
  kind: "island";
  /** lambda: the factor on center loss and, with the next, on the separation. */
  weight: number;
  /** lambda_1: the factor on the separation within the island loss. */
  weightInter: number;
}

/** Island loss among the losses. */
export const ISLAND = {
  name: "Island loss",
  idea: "center loss, and centers that turn away from each other",
  formula: "cross-entropy + λ (½ mean |x - c_y|² + λ₁ Σ_{j≠k} (cos(c_j, c_k) + 1))",
  source: "Cai et al., FG 2018; FER-China/islandloss",
  branch: "centers",
  evaluation: "logit",
  start: { kind: "island", weight: 0.1, weightInter: 1 },
  settings: { weight: WEIGHT, weightInter: WEIGHT_INTER },
  row: { featureDim: 2 },
  objective: ({ weight, weightInter }) => ({
    terms: ["cross_entropy", "center", "island"],
    weights: [1, weight, weight * weightInter],
    centers: "learned",
    readsLogits: true,
    evaluate: ({ features, logits, centers, labels }) => [
      softmaxCrossEntropy(logits, labels),
      centerLoss(features, centers, labels, { rule: "plain" }),
      islandSeparation(centers),
    ],
  }),
} as const satisfies Loss<IslandRecipe>;
