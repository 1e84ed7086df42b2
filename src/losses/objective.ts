/** What a row trains: a loss by name with its weights, and the terms it is made of. */
import { add, mul } from "../ops/binary.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { centerLoss, type CenterRule } from "./center_loss.ts";
import { softmaxCrossEntropy } from "./cross_entropy.ts";
import { interClassSeparation, type SeparationForm } from "./inter_class_separation.ts";

/** A loss in a recipe. */
export type LossRecipe =
  | { kind: "cross-entropy" }
  /** Cross-entropy + weight x center loss (Wen et al., ECCV 2016). */
  | { kind: "center"; weight: number; rule: CenterRule }
  /** weightIntra x center loss - weightInter x separation of classes, without a softmax (mo-vic/standalone-center-loss). */
  | { kind: "standalone"; weightIntra: number; weightInter: number; form: SeparationForm };

/** What a network says of a batch, and what is true. */
export interface Judged {
  /** `[rows, dim]`. */
  features: Tensor;
  /** `[rows, classes]`. */
  logits: Tensor;
  /** `[classes, dim]`. */
  centers: Tensor;
  /** `[rows]`, `i32`. */
  labels: Tensor;
}

/** A loss, ready to be evaluated: a weighted sum of terms. */
export interface Objective {
  /** Names of its terms, as the columns of tables spell them. */
  readonly terms: readonly string[];
  /** The factor on each. */
  readonly weights: readonly number[];
  /** Whether it has centers among its parameters. */
  readonly learnsCenters: boolean;
  /** Whether it reaches the logits; where not, they stay as they were drawn, and say nothing. */
  readonly trainsLogits: boolean;
  /** Whether a term is over pairs of samples, so that it grows with the batch. */
  readonly pairwise: boolean;
  /** The terms before their weights, in the order of their names. */
  evaluate(judged: Judged): Tensor[];
}

type Kinds = { [K in LossRecipe["kind"]]: (recipe: LossRecipe & { kind: K }) => Objective };

/** To add a loss to the rows, add its recipe above and its entry here. */
const OBJECTIVES: Kinds = {
  "cross-entropy": () => ({
    terms: ["cross_entropy"],
    weights: [1],
    learnsCenters: false,
    trainsLogits: true,
    pairwise: false,
    evaluate: ({ logits, labels }) => [softmaxCrossEntropy(logits, labels)],
  }),
  center: ({ weight, rule }) => ({
    terms: ["cross_entropy", "center"],
    weights: [1, weight],
    learnsCenters: true,
    trainsLogits: true,
    pairwise: false,
    evaluate: ({ features, logits, centers, labels }) => [
      softmaxCrossEntropy(logits, labels),
      centerLoss(features, centers, labels, { rule }),
    ],
  }),
  standalone: ({ weightIntra, weightInter, form }) => ({
    terms: ["intra", "inter"],
    weights: [weightIntra, -weightInter],
    learnsCenters: true,
    trainsLogits: false,
    pairwise: true,
    evaluate: ({ features, centers, labels }) => [
      centerLoss(features, centers, labels, { rule: "autograd" }),
      interClassSeparation(features, labels, { form }),
    ],
  }),
};

/** The loss of a recipe. */
export function objectiveOf(recipe: LossRecipe): Objective {
  return (OBJECTIVES[recipe.kind] as (recipe: LossRecipe) => Objective)(recipe);
}

/** The loss: its terms, each times its weight, added up. */
export function weightedSum(terms: readonly Tensor[], weights: readonly number[]): Tensor {
  return terms.map((term, k) => weights[k] === 1 ? term : mul(term, weights[k])).reduce((a, b) =>
    add(a, b)
  );
}
