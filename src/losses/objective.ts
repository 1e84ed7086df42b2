/** What a row trains: a loss by name with its weights, and the terms it is made of. */
import { add, mul, sub } from "../ops/binary.ts";
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

/** A loss, ready to be evaluated. */
export interface Objective {
  /** Names of its terms, as the columns of tables spell them. */
  readonly terms: readonly string[];
  /** Whether it has centers among its parameters. */
  readonly learnsCenters: boolean;
  /** Whether it reaches the logits; where not, they stay as they were drawn, and say nothing. */
  readonly trainsLogits: boolean;
  /** The terms before their weights, in the order of their names, and the loss made of them. */
  evaluate(judged: Judged): { terms: Tensor[]; loss: Tensor };
}

type Kinds = { [K in LossRecipe["kind"]]: (recipe: LossRecipe & { kind: K }) => Objective };

/** To add a loss to the rows, add its recipe above and its line here. */
const OBJECTIVES: Kinds = {
  "cross-entropy": () => ({
    terms: ["cross_entropy"],
    learnsCenters: false,
    trainsLogits: true,
    evaluate({ logits, labels }) {
      const loss = softmaxCrossEntropy(logits, labels);
      return { terms: [loss], loss };
    },
  }),
  center: ({ weight, rule }) => ({
    terms: ["cross_entropy", "center"],
    learnsCenters: true,
    trainsLogits: true,
    evaluate({ features, logits, centers, labels }) {
      const crossEntropy = softmaxCrossEntropy(logits, labels);
      const center = centerLoss(features, centers, labels, { rule });
      return { terms: [crossEntropy, center], loss: add(crossEntropy, mul(center, weight)) };
    },
  }),
  standalone: ({ weightIntra, weightInter, form }) => ({
    terms: ["intra", "inter"],
    learnsCenters: true,
    trainsLogits: false,
    evaluate({ features, centers, labels }) {
      const intra = centerLoss(features, centers, labels, { rule: "autograd" });
      const inter = interClassSeparation(features, labels, { form });
      const loss = sub(mul(intra, weightIntra), mul(inter, weightInter));
      return { terms: [intra, inter], loss };
    },
  }),
};

/** The loss of a recipe. */
export function objectiveOf(recipe: LossRecipe): Objective {
  return (OBJECTIVES[recipe.kind] as (recipe: LossRecipe) => Objective)(recipe);
}
