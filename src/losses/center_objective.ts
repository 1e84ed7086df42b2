/** Center loss in recipes: beside cross-entropy, and alone. */
import { listOf, whole } from "../base/json.ts";
import { concat, slice } from "../ops/layout.ts";
import { checkList } from "../tensor/shape.ts";
import { noGrad } from "../tensor/tape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { CENTER_RULES, centerLoss, type CenterRule } from "./center_loss.ts";
import { softmaxCrossEntropy } from "./cross_entropy.ts";
import { type Loss, WEIGHT, type WordSetting } from "./loss.ts";

/** Cross-entropy + weight x center loss (Wen et al., ECCV 2016). */
export interface CenterRecipe {
  /** Tells it from the others. */
  kind: "center";
  /** lambda: the factor on the center loss. */
  weight: number;
  /** How the centers move. */
  rule: CenterRule;
  /** Two classes that share one center, that of the first. */
  tied?: readonly [number, number];
}

/** Only center loss, about centers that stay where an earlier stage left them; so does the layer of the logits. */
export interface CenterAloneRecipe {
  /** Tells it from the others. */
  kind: "center-alone";
  /** Which form of the loss. */
  rule: CenterRule;
}

const RULE = {
  words: CENTER_RULES,
  what: "how centers move, and what divides the pull",
} as const satisfies WordSetting;

const SOURCE = "Wen et al., ECCV 2016; ydwen/caffe-face";

/** Center loss beside cross-entropy, among the losses. */
export const CENTER = {
  name: "cross-entropy + center",
  idea: "cross-entropy, and a pull of every feature to the center of its class",
  formula: "cross-entropy + λ mean |x - c_y|², by rule autograd",
  source: SOURCE,
  branch: "centers",
  evaluation: "logit",
  start: { kind: "center", weight: 1, rule: "autograd" },
  settings: {
    weight: WEIGHT,
    rule: RULE,
    tied: {
      check: (value, name) => {
        if (value === undefined) return undefined;
        const [a, b, ...more] = listOf(whole(0, 1e6))(value, name);
        if (b !== undefined && more.length === 0) return [a, b];
        throw new TypeError(`${name} must be two classes`);
      },
    },
  },
  objective: ({ weight, rule, tied }, classes) => {
    if (tied) checkTied(tied, classes);
    return {
      terms: ["cross_entropy", "center"],
      weights: [1, weight],
      centers: "learned",
      readsLogits: true,
      ...(tied && { classCenters: (centers: Tensor) => sharingOne(centers, tied) }),
      evaluate: ({ features, logits, centers, labels }) => [
        softmaxCrossEntropy(logits, labels),
        centerLoss(features, centers, labels, { rule }),
      ],
    };
  },
} as const satisfies Loss<CenterRecipe>;

/** Center loss alone, among the losses. */
export const CENTER_ALONE = {
  name: "center alone",
  idea: "a pull to centers that an earlier stage left, and nothing else",
  formula: "mean |x - c_y|², c fixed, by rule autograd",
  source: SOURCE,
  branch: "centers",
  evaluation: "logit",
  start: { kind: "center-alone", rule: "autograd" },
  settings: { rule: RULE },
  objective: ({ rule }) => ({
    terms: ["center"],
    weights: [1],
    counts: ["cross_entropy"],
    centers: "fixed",
    readsLogits: true,
    evaluate: ({ features, logits, centers, labels }) => [
      centerLoss(features, centers, labels, { rule }),
      noGrad(() => softmaxCrossEntropy(logits, labels)),
    ],
  }),
} as const satisfies Loss<CenterAloneRecipe>;

/** Refuses a pair of classes that is none. */
function checkTied(tied: readonly [number, number], classes: number): void {
  const act = 'train the loss "center"';
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
