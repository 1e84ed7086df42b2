/** How a loss is declared: all that a row, a command line, a page and the trainer need to know of it. */
import type { Check } from "../base/json.ts";
import type { Range } from "../base/range.ts";
import type { Head, MakeHead } from "../model/heads.ts";
import type { Initializer } from "../model/init.ts";
import type { Entry } from "../model/layer.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** What a loss is computed from. */
export interface LossInputs {
  /** `[rows, dim]`. */
  features: Tensor;
  /** `[rows, classes]`. */
  logits: Tensor;
  /** `[classes, dim]`: the centers, or the proxies. */
  centers: Tensor;
  /** `[rows]`, `i32`. */
  labels: Tensor;
  /** The network's last layer, from features to logits. */
  head: Head;
  /** What else the loss owns, where it owns something. */
  layer?: LossLayer;
  /** Whether the network is trained by what is computed; false in evaluation. */
  training: boolean;
}

/** Tensors of a loss, beside the centers: parameters, or numbers that it keeps from step to step. */
export interface LossLayer {
  /** Its tensors by name. */
  entries(): Entry[];
}

/** Sizes of a training that a loss must know. */
export interface LossSizes {
  /** Length of a feature vector. */
  featureDim: number;
  /** Number of classes. */
  classes: number;
  /** Steps of the whole training, where that is known. */
  steps?: number;
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
  /** Whether a term is over pairs of samples, so that it grows with the batch. Default: false. */
  readonly pairwise?: boolean;
  /** Names of further columns in the same tables, which are no part of the loss. */
  readonly counts?: readonly string[];
  /** The network's last layer. Default: a linear one with a bias. */
  readonly head?: MakeHead;
  /** Gives the last layer that such a loss made the numbers of this one. */
  changeHead?(head: Head): void;
  /** How often each image of a training batch is augmented; the loss then gets as many rows, view by view. Default: 1. */
  readonly views?: 1 | 2;
  /** Tensors of its own, beside the centers. */
  layer?(sizes: LossSizes, init: Initializer): LossLayer;
  /** The centers of all classes, made of the parameter. Default: the parameter itself. */
  classCenters?(centers: Tensor): Tensor;
  /** The terms before their weights, in the order of their names, then the counts. */
  evaluate(inputs: LossInputs): Tensor[];
  /** Refuses what cannot be trained, such as a loss of one's own that is none, before anything is. */
  tryOut?(sizes: LossSizes): void;
}

/** A number of a loss that a command line and a page can change. */
export interface NumberSetting<Flag extends string = string> {
  /** The flag, without its dashes. A flag names the same field in every loss that has it. */
  readonly flag: Flag;
  /** What it is, in a few words. */
  readonly what: string;
  /** What it may be. */
  readonly range: Range;
  /** True for a factor on a term, which a row in a file may set to any finite number. */
  readonly weight?: true;
  /** True where a recipe may leave it out. */
  readonly optional?: true;
  /** True where parameters are made by it, so that it cannot change while they are trained. */
  readonly fixed?: true;
}

/** A word of a loss. */
export interface WordSetting {
  /** All that it may be. */
  readonly words: readonly string[];
  /** What it is, in a few words. */
  readonly what: string;
}

/** Anything else that a recipe may say, of which no command line and no page knows. */
export interface OtherSetting {
  /** What it must be. */
  readonly check: Check<unknown>;
}

/** A field of a recipe. */
export type Setting = NumberSetting | WordSetting | OtherSetting;

/** By what a sample is classified: the largest logit; the nearest center; or the largest cosine, which the logits then are. */
export type Evaluation = "logit" | "nearest-center" | "cosine";

/** Where a loss stands in the family tree of `docs/losses.md`. */
export type Branch = "softmax" | "centers" | "angles" | "lengths" | "pairs" | "proxies" | "own";

/** A loss, as the table lists it. */
export interface Loss<Recipe extends { kind: string }> {
  /** What it is called. */
  readonly name: string;
  /** What it does, in one sentence. */
  readonly idea: string;
  /** Its formula, in one line. */
  readonly formula: string;
  /** The paper, and the code that ours is held against. */
  readonly source: string;
  /** Where it stands in the family tree. */
  readonly branch: Branch;
  /** How a sample is classified. */
  readonly evaluation: Evaluation;
  /** True where features count by their direction alone, and neither the branch nor the evaluation says so. */
  readonly directions?: true;
  /** A recipe to begin with. */
  readonly start: Recipe;
  /** All that the recipe says. */
  readonly settings: { readonly [Field in Exclude<keyof Recipe, "kind">]-?: Setting };
  /** Of a loss whose rows are made from the table, `<kind>-mnist-<featureDim>` and its like: what they do not share. */
  readonly row?: LossRow;
  /** The loss of a recipe. */
  objective(recipe: Recipe, classes: number): Objective;
}

/** What the rows of one loss have of their own. */
export interface LossRow {
  /** Length of the feature vectors. */
  readonly featureDim: number;
}

/** A factor on what a loss adds to cross-entropy. */
export const WEIGHT = {
  flag: "weight-center",
  what: "weight of the center loss, or of what stands in its place; --lambda is the same",
  range: { low: 0, high: 1e6 },
  weight: true,
} as const satisfies NumberSetting;

/** A factor on a pull within classes. */
export const WEIGHT_INTRA = {
  flag: "weight-intra",
  what: "weight of the pull within classes",
  range: { low: 0, high: 1e6 },
  weight: true,
} as const satisfies NumberSetting;

/** A factor on a push between classes. */
export const WEIGHT_INTER = {
  flag: "weight-inter",
  what: "weight of the push between classes",
  range: { low: 0, high: 1e6 },
  weight: true,
} as const satisfies NumberSetting;

/** What cosines are multiplied by. */
export const SCALE = {
  flag: "scale",
  what: "factor on the cosines, s or alpha of the papers",
  range: { low: 0, above: true, high: 1000 },
} as const satisfies NumberSetting;
