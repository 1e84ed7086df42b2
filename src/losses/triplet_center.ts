/** Triplet-center loss: the own center is nearer than the nearest other one by a margin. */
import { onlyOptions } from "../base/choice.ts";
import { add, mul, sub } from "../ops/binary.ts";
import { labelsCheck } from "../ops/check_rows.ts";
import { min } from "../ops/extremum.ts";
import { mean } from "../ops/reduce.ts";
import { relu } from "../ops/unary.ts";
import { where } from "../ops/where.ts";
import { checkDType } from "../tensor/operands.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkBatch, checkCenters, checkNotNegative } from "./checks.ts";
import { ownAndOthers } from "./contrastive_center.ts";
import { softmaxCrossEntropy } from "./cross_entropy.ts";
import { type Loss, WEIGHT } from "./loss.ts";

const checkLabels = labelsCheck("the triplet-center loss");

/** More than any distance. */
const FAR = 3e38;

/**
 * Triplet-center loss (He et al., "Triplet-Center Loss for Multi-View 3D Object Retrieval", CVPR 2018, Eq. 5):
 * `mean max(d_y + margin - min of the other d_j, 0)` with d half the squared distance to a center. The first author's code
 * (eriche2016/cvpr_2018_TCL.pytorch) and xlliu7/Shrec2018_TripletCenterLoss.pytorch take the Euclidean distance, the latter
 * only to centers of classes in the batch; we follow the paper, with a mean over the batch in place of its sum.
 *
 * @param features `[rows, dim]`.
 * @param centers `[classes, dim]`.
 * @param labels `[rows]`, `i32`.
 * @returns A scalar, in squared units of the features; 0 where there is one class.
 * @throws {TypeError} When the shapes do not fit.
 * @throws {RangeError} For a negative margin; for a label that is no class, here or at the next readback.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, tensor, tripletCenterLoss } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const features = tensor([[1, 0]]);
 * const centers = tensor([[0, 0], [3, 0], [1, 1]]);
 * const labels = tensor([0], { dtype: "i32" }); // half squared distances 0.5, 2 and 0.5
 * const loss = await tripletCenterLoss(features, centers, labels, { margin: 1 }).item();
 * assertAlmostEquals(loss, 0.5 + 1 - 0.5, 1e-6);
 * ```
 */
export function tripletCenterLoss(
  features: Tensor,
  centers: Tensor,
  labels: Tensor,
  options: { margin?: number } = {},
): Tensor {
  const { margin = 1 } = onlyOptions("take tripletCenterLoss()", options, ["margin"]),
    act = "the triplet-center loss";
  checkDType("tripletCenterLoss", "f32", { features, centers });
  checkBatch(act, features, labels);
  checkCenters(act, features, centers);
  checkNotNegative(act, "margin", margin);
  const { own, mask, distances } = ownAndOthers(features, centers, labels, checkLabels);
  const nearest = min(where(mask, FAR, distances), { axes: 1 });
  return mean(relu(add(mul(0.5, sub(own, nearest)), margin)));
}

/** {@linkcode tripletCenterLoss} beside cross-entropy, in a recipe. */
export interface TripletCenterRecipe {
  /** Tells it from the others. */
  kind: "triplet-center";
  /** The factor on it. */
  weight: number;
  /** By how much the own center is nearer, in half squared distances. */
  margin: number;
}

/** Triplet-center loss among the losses. */
export const TRIPLET_CENTER = {
  name: "triplet-center",
  idea: "cross-entropy, and the own center nearer than the nearest other one by a margin",
  formula: "cross-entropy + λ mean [d_y + m - min_{j≠y} d_j]_+, d = ½|x - c|²",
  source: "He et al., CVPR 2018; xlliu7/Shrec2018_TripletCenterLoss.pytorch",
  branch: "centers",
  evaluation: "logit",
  start: { kind: "triplet-center", weight: 1, margin: 1 },
  settings: {
    weight: WEIGHT,
    margin: {
      flag: "margin",
      what: "by how much the own center is nearer, in half squared distances, m",
      range: { low: 0, high: 1e6 },
    },
  },
  row: { featureDim: 2 },
  objective: ({ weight, margin }) => ({
    terms: ["cross_entropy", "triplet_center"],
    weights: [1, weight],
    centers: "learned",
    readsLogits: true,
    evaluate: ({ features, logits, centers, labels }) => [
      softmaxCrossEntropy(logits, labels),
      tripletCenterLoss(features, centers, labels, { margin }),
    ],
  }),
} as const satisfies Loss<TripletCenterRecipe>;
