/** What a row trains: a loss by name with its weights, and the terms it is made of. */
import { checkChoice } from "../base/choice.ts";
import type { Initializer } from "../model/init.ts";
import type { Layer } from "../model/layer.ts";
import { Linear } from "../model/layers.ts";
import { concat, slice } from "../ops/layout.ts";
import { checkList } from "../tensor/shape.ts";
import { noGrad } from "../tensor/tape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { CENTER_RULES, centerLoss, type CenterRule } from "./center_loss.ts";
import { centerRepulsionTerms } from "./center_repulsion.ts";
import { checkAlpha } from "./checks.ts";
import { centerSoftmax } from "./center_softmax.ts";
import { type OwnLossRecipe, ownObjective } from "./own_loss.ts";
import { softmaxCrossEntropy } from "./cross_entropy.ts";
import { checkForm, interClassSeparation, type SeparationForm } from "./inter_class_separation.ts";

/** A loss in a recipe. */
export type LossRecipe =
  | { kind: "cross-entropy" }
  /** Cross-entropy + weight x center loss (Wen et al., ECCV 2016). */
  | {
    kind: "center";
    weight: number;
    rule: CenterRule;
    /** Two classes that share one center, that of the first. */
    tied?: readonly [number, number];
  }
  /** Only center loss, about centers that stay where an earlier stage left them; so does the layer of the logits. */
  | { kind: "center-alone"; rule: CenterRule }
  /** weightIntra x center loss - weightInter x separation of classes, without a softmax (mo-vic/standalone-center-loss). */
  | {
    kind: "standalone";
    weightIntra: number;
    weightInter: number;
    form: SeparationForm;
    /** Of the form `margin`, which needs one: the squared distance from which on two samples are far enough apart. */
    margin?: number;
  }
  /** weightIntra x exponential pull + weightInter x repulsion of the centers, without a softmax (the same source's attempt). */
  | { kind: "center-repulsion"; alpha: number; weightIntra: number; weightInter: number }
  /** weightIntra x the same pull + weightInter x softmax loss of a linear layer over the centers (the same source's attempt). */
  | { kind: "center-softmax"; alpha: number; weightIntra: number; weightInter: number }
  /** What a function of one's own makes of features, logits, labels and centers. */
  | OwnLossRecipe;

/** What a loss is computed from. */
export interface LossInputs {
  /** `[rows, dim]`. */
  features: Tensor;
  /** `[rows, classes]`. */
  logits: Tensor;
  /** `[classes, dim]`. */
  centers: Tensor;
  /** `[rows]`, `i32`. */
  labels: Tensor;
  /** The loss's own layer, where it has one. */
  layer?: Layer;
}

/** A loss, ready to be evaluated: a weighted sum of terms. */
export interface Objective {
  /** Names of its terms, as the columns of tables spell them. */
  readonly terms: readonly string[];
  /** The factor on each. */
  readonly weights: readonly number[];
  /** Whether it has centers among its parameters, takes those of an earlier stage, or has none. */
  readonly centers: "learned" | "fixed" | "none";
  /** Whether the logits say something: where nothing ever trained them, they stay as they were drawn. */
  readonly readsLogits: boolean;
  /** Whether a term is over pairs of samples, so that it grows with the batch. */
  readonly pairwise: boolean;
  /** Names of further columns in the same tables, which are no part of the loss. */
  readonly counts?: readonly string[];
  /** Parameters of its own, beside the centers. */
  layer?(sizes: { featureDim: number; classes: number }, init: Initializer): Layer;
  /** The centers of all classes, made of the parameter. Default: the parameter itself. */
  classCenters?(centers: Tensor): Tensor;
  /** The terms before their weights, in the order of their names, then the counts. */
  evaluate(inputs: LossInputs): Tensor[];
  /** Refuses a loss of one's own that is none, before anything is trained. */
  tryOut?(sizes: { featureDim: number; classes: number }): void;
}

type Kinds = { [K in LossRecipe["kind"]]: (recipe: LossRecipe & { kind: K }) => Objective };

/** To add a loss to the rows, add its recipe above and its entry here. */
const OBJECTIVES: Kinds = {
  "cross-entropy": () => ({
    terms: ["cross_entropy"],
    weights: [1],
    centers: "none",
    readsLogits: true,
    pairwise: false,
    evaluate: ({ logits, labels }) => [softmaxCrossEntropy(logits, labels)],
  }),
  center: ({ weight, rule, tied }) => ({
    terms: ["cross_entropy", "center"],
    weights: [1, weight],
    centers: "learned",
    readsLogits: true,
    pairwise: false,
    ...(tied && { classCenters: (centers) => sharingOne(centers, tied) }),
    evaluate: ({ features, logits, centers, labels }) => [
      softmaxCrossEntropy(logits, labels),
      centerLoss(features, centers, labels, { rule }),
    ],
  }),
  "center-alone": ({ rule }) => ({
    terms: ["center"],
    weights: [1],
    counts: ["cross_entropy"],
    centers: "fixed",
    readsLogits: true,
    pairwise: false,
    evaluate: ({ features, logits, centers, labels }) => [
      centerLoss(features, centers, labels, { rule }),
      noGrad(() => softmaxCrossEntropy(logits, labels)),
    ],
  }),
  standalone: ({ weightIntra, weightInter, form, margin }) => ({
    terms: ["intra", "inter"],
    weights: [weightIntra, -weightInter],
    centers: "learned",
    readsLogits: false,
    pairwise: true,
    evaluate: ({ features, centers, labels }) => [
      centerLoss(features, centers, labels, { rule: "autograd" }),
      interClassSeparation(features, labels, { form, margin }),
    ],
  }),
  "center-repulsion": ({ alpha, weightIntra, weightInter }) => ({
    terms: ["intra", "inter"],
    weights: [weightIntra, weightInter],
    counts: ["clamped"],
    centers: "learned",
    readsLogits: false,
    pairwise: false,
    evaluate: ({ features, centers, labels }) => {
      const { intra, inter, clamped } = centerRepulsionTerms(features, centers, labels, { alpha });
      return [intra, inter, clamped];
    },
  }),
  "center-softmax": ({ alpha, weightIntra, weightInter }) => ({
    terms: ["intra", "inter"],
    weights: [weightIntra, weightInter],
    counts: ["clamped"],
    centers: "learned",
    readsLogits: false,
    pairwise: false,
    layer: ({ featureDim, classes }, init) => new Linear({ in: featureDim, out: classes }, init),
    evaluate: ({ features, centers, labels, layer }) => {
      const { intra, clamped } = centerRepulsionTerms(features, centers, labels, { alpha });
      const { weight, bias } = layer as Linear;
      return [intra, centerSoftmax(centers, weight, bias), clamped];
    },
  }),
  own: ownObjective,
};

/**
 * The loss of a recipe.
 *
 * @param classes How many the set has, where that is known.
 * @throws {RangeError} For an unknown kind, rule or form, a weight that is no number, an `alpha` that is not positive, or tied
 * classes that are not there.
 */
export function objectiveOf(recipe: LossRecipe, classes = Infinity): Objective {
  checkChoice("train", "loss.kind", recipe?.kind, Object.keys(OBJECTIVES));
  checkSettings(recipe, classes);
  const objective = (OBJECTIVES[recipe.kind] as (recipe: LossRecipe) => Objective)(recipe);
  const wrong = objective.weights.findIndex((weight) => !Number.isFinite(weight));
  if (wrong >= 0) {
    throw new RangeError(
      `Cannot train the loss "${recipe.kind}": the weight of ${objective.terms[wrong]} is ${
        objective.weights[wrong]
      }; it must be a finite number`,
    );
  }
  return objective;
}

/** Refuses what the terms of a loss cannot be made with. */
function checkSettings(recipe: LossRecipe, classes: number): void {
  const act = `train the loss "${recipe.kind}"`;
  if ("rule" in recipe) checkChoice(act, "rule", recipe.rule, CENTER_RULES);
  if (recipe.kind === "standalone") checkForm(act, recipe.form, recipe.margin);
  if ("alpha" in recipe) checkAlpha(act, recipe.alpha);
  if (recipe.kind !== "center" || recipe.tied === undefined) return;
  const { tied } = recipe;
  checkList(act, "tied", tied);
  const known = tied.every((label) => Number.isInteger(label) && label >= 0 && label < classes);
  if (known && tied.length === 2 && tied[0] !== tied[1]) return;
  throw new RangeError(
    `Cannot ${act}: tied is [${tied.join(", ")}]; it must be two classes${
      classes < Infinity ? ` of 0 to ${classes - 1}` : ", whole numbers from 0"
    }`,
  );
}

/** Centers in which the second class of the pair has the first one's. */
function sharingOne(centers: Tensor, [first, second]: readonly [number, number]): Tensor {
  const [classes, dim] = centers.shape;
  const rows = (from: number, to: number) => slice(centers, [from, 0], [to, dim]);
  const parts = [
    ...(second > 0 ? [rows(0, second)] : []),
    rows(first, first + 1),
    ...(second + 1 < classes ? [rows(second + 1, classes)] : []),
  ];
  return concat(parts, 0);
}
