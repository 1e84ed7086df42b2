/** Shapes, types and settings that losses refuse. */
import { centerLoss, type CenterRule } from "../../src/losses/center_loss.ts";
import { centerRepulsion } from "../../src/losses/center_repulsion.ts";
import { centerSoftmax } from "../../src/losses/center_softmax.ts";
import { softmaxCrossEntropy } from "../../src/losses/cross_entropy.ts";
import {
  interClassSeparation,
  type SeparationForm,
} from "../../src/losses/inter_class_separation.ts";
import { standaloneLoss } from "../../src/losses/standalone.ts";
import { ones } from "../../src/ops/mod.ts";
import { integers } from "../on_gpu.ts";
import { each, testRefusals } from "../refusal.ts";

const REPULSION = { alpha: 0.05, weightIntra: 1, weightInter: 0.1 };
const t = (...shape: number[]) => ones(shape);
const labels = (count: number) => integers(Array(count).fill(0));
/** Whole numbers where measurements are wanted. */
const whole = (...shape: number[]) =>
  integers(Array(shape.reduce((a, b) => a * b, 1)).fill(1)).alias(shape);

/** Losses that take the weights of two terms. */
const LOSSES = [
  ["center repulsion", centerRepulsion, REPULSION],
  ["standalone loss", standaloneLoss, { weightIntra: 1, weightInter: 0.1 }],
] as const;

/** More than any adapter holds the pairs of. */
const MANY = 100_000;
const MANY_PAIRS = `of ${MANY} classes: their pairs take 40000000000 bytes`;

testRefusals(
  TypeError,
  {
    "Cannot take the cross-entropy of [2, 3] with labels f32 [2]": () =>
      softmaxCrossEntropy(t(2, 3), t(2)),
    "Cannot take the center loss of [2, 3] with labels i32 [5]": () =>
      centerLoss(t(2, 3), t(10, 3), labels(5), { rule: "paper" }),
    "Cannot take the center loss of [2, 3] with centers [10, 4]: they must be [classes, 3]": () =>
      centerLoss(t(2, 3), t(10, 4), labels(2), { rule: "paper" }),
    "Cannot take the inter-class separation of [2, 3] with labels i32 [5] ... one i32 label a row":
      () => interClassSeparation(t(2, 3), labels(5)),
    "Cannot take the inter-class separation of [2] with labels i32 [2]": () =>
      interClassSeparation(t(2), labels(2)),
    "Cannot take the inter-class separation of [2, 3] with labels f32 [2]": () =>
      interClassSeparation(t(2, 3), t(2)),
    "Cannot take the inter-class separation with margin undefined: it must be positive, and a number":
      () => interClassSeparation(t(2, 3), labels(2), { form: "margin" }),
    "[2, 3] with centers [10, 4]: they must be [classes, 3]": () =>
      standaloneLoss(t(2, 3), t(10, 4), labels(2), { weightIntra: 1, weightInter: 0.1 }),
    "Cannot take the center repulsion of [2, 3] with labels i32 [5]": () =>
      centerRepulsion(t(2, 3), t(10, 3), labels(5), REPULSION),
    "Cannot take the center repulsion of [2, 3] with centers [10, 4]: they must be [classes, 3]":
      () => centerRepulsion(t(2, 3), t(10, 4), labels(2), REPULSION),
    "Cannot take the softmax of centers [10, 2] by a weight [2, 9]: they must be [classes, dim] and [dim, classes]":
      () => centerSoftmax(t(10, 2), t(2, 9), t(9)),
    "Cannot add a bias to [10, 10]: the bias is [9]; it must be [10]": () =>
      centerSoftmax(t(10, 2), t(2, 10), t(9)),
    [`Cannot take softmaxCrossEntropy(): logits is i32 [2, 3], and it must be f32`]: () =>
      softmaxCrossEntropy(whole(2, 3), labels(2)),
    "Cannot take the cross-entropy of [2, 0]: it has no classes": () =>
      softmaxCrossEntropy(t(2, 0), labels(2)),
    "Cannot take centerLoss(): centers is i32 [10, 3], and it must be f32": () =>
      centerLoss(t(2, 3), whole(10, 3), labels(2), { rule: "paper" }),
    "with centers [0, 3]: they must be [classes, 3]": () =>
      centerLoss(t(2, 3), t(0, 3), labels(2), { rule: "paper" }),
    "Cannot take interClassSeparation(): features is i32 [2, 3]": () =>
      interClassSeparation(whole(2, 3), labels(2)),
    "Cannot take centerRepulsion(): features is i32 [2, 3]": () =>
      centerRepulsion(whole(2, 3), t(10, 3), labels(2), REPULSION),
    "Cannot take centerSoftmax(): weight is i32 [2, 10]": () =>
      centerSoftmax(t(10, 2), whole(2, 10), t(10)),
  },
  each([[[2, 3], 3], [[2], 2], [[0, 3], 0]] as const, ([logits, count]) => [
    `Cannot take the cross-entropy of [${
      logits.join(", ")
    }] with labels i32 [${count}] ... one i32 label a row`,
    () => softmaxCrossEntropy(t(...logits), labels(count)),
  ]),
  each(LOSSES, ([act, loss]) => [
    `Cannot take the ${act} with weightIntra undefined: it must be finite`,
    () => loss(t(2, 3), t(10, 3), labels(2), undefined as never),
  ]),
);

testRefusals(
  RangeError,
  {
    'by the rule "undefined": the rules are autograd': () =>
      centerLoss(t(2, 3), t(10, 3), labels(2), undefined as never),
    [`Cannot allocate the center repulsion ${MANY_PAIRS} ... ; take fewer classes, or another loss`]:
      () => centerRepulsion(t(2, 1), t(MANY, 1), labels(2), REPULSION),
    [`Cannot allocate the center softmax ${MANY_PAIRS} ... ; take fewer classes, or another loss`]:
      () => centerSoftmax(t(MANY, 1), t(1, MANY)),
    [`Cannot allocate the inter-class separation of ${MANY} samples: their pairs take ... ; use a smaller batch`]:
      () => interClassSeparation(t(MANY, 1), labels(MANY)),
    [`Cannot take the inter-class separation in the form "log2": the forms are log1p, log, margin`]:
      () => interClassSeparation(t(2, 3), labels(2), { form: "log2" as SeparationForm }),
    "Cannot take the inter-class separation with margin 0: it must be positive": () =>
      interClassSeparation(t(2, 3), labels(2), { form: "margin", margin: 0 }),
    'Cannot take the inter-class separation with a margin in the form "log1p": only "margin" has one':
      () => interClassSeparation(t(2, 3), labels(2), { margin: 1 }),
    "Cannot take the center repulsion with alpha 0: it must be positive": () =>
      centerRepulsion(t(2, 3), t(10, 3), labels(2), { ...REPULSION, alpha: 0 }),
    "with exponents up to 89: the bound must be above 0, and 80 at most": () =>
      centerRepulsion(t(2, 3), t(10, 3), labels(2), { ...REPULSION, maxExponent: 89 }),
  },
  each(["papyrus", "toString", "constructor", "__proto__"], (rule) => [
    `by the rule "${rule}": the rules are autograd, paper, paper/batch, balanced, jx-2018, plain`,
    () => centerLoss(t(2, 3), t(10, 3), labels(2), { rule: rule as CenterRule }),
  ]),
  ...[NaN, 1e39].map((weightIntra) =>
    each(LOSSES, ([act, loss, options]) => [
      `Cannot take the ${act} with weightIntra ${weightIntra}: it must be finite`,
      () => loss(t(2, 3), t(10, 3), labels(2), { ...options as typeof REPULSION, weightIntra }),
    ])
  ),
);
