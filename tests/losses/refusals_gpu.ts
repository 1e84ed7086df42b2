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
import { type Refusal, testRefusals } from "../refusal.ts";

const REPULSION = { alpha: 0.05, weightIntra: 1, weightInter: 0.1 };
const t = (...shape: number[]) => ones(shape);
const labels = (count: number) => integers(Array(count).fill(0));
/** Whole numbers where measurements are wanted. */
const whole = (...shape: number[]) =>
  integers(Array(shape.reduce((a, b) => a * b, 1)).fill(1)).alias(shape);

/** More than any adapter holds the pairs of. */
const MANY = 100_000;
const MANY_PAIRS = `of ${MANY} classes: their pairs take 40000000000 bytes`;

const refusals: Refusal[] = [
  [
    "centerLoss() without options",
    () => centerLoss(t(2, 3), t(10, 3), labels(2), undefined as never),
    RangeError,
    'by the rule "undefined": the rules are autograd',
  ],
  ...([["centerRepulsion", centerRepulsion, "center repulsion"], [
    "standaloneLoss",
    standaloneLoss,
    "standalone loss",
  ]] as const).flatMap(([name, loss, act]): Refusal[] =>
    ([[undefined, TypeError], [{ weightIntra: NaN, weightInter: 1 }, RangeError], [
      { weightIntra: 1e39, weightInter: 1 },
      RangeError,
    ]] as const).map(([options, errorClass]): Refusal => [
      `${name}() with ${JSON.stringify(options)}`,
      () => loss(t(2, 3), t(10, 3), labels(2), options as never),
      errorClass,
      `Cannot take the ${act} with weightIntra ${options?.weightIntra}: it must be finite`,
    ])
  ),
  [
    "centerRepulsion() of 100,000 classes",
    () => centerRepulsion(t(2, 1), t(MANY, 1), labels(2), REPULSION),
    RangeError,
    `Cannot allocate the center repulsion ${MANY_PAIRS}`,
    "; take fewer classes, or another loss",
  ],
  [
    "centerSoftmax() of 100,000 classes",
    () => centerSoftmax(t(MANY, 1), t(1, MANY)),
    RangeError,
    `Cannot allocate the center softmax ${MANY_PAIRS}`,
    "; take fewer classes, or another loss",
  ],
  [
    "interClassSeparation() of 100,000 samples",
    () => interClassSeparation(t(MANY, 1), labels(MANY)),
    RangeError,
    `Cannot allocate the inter-class separation of ${MANY} samples: their pairs take`,
    "; use a smaller batch",
  ],
  ...([[[2, 3], 3], [[2], 2], [[0, 3], 0]] as const).map(([logits, count]): Refusal => [
    `softmaxCrossEntropy() of [${logits}] with ${count} labels`,
    () => softmaxCrossEntropy(t(...logits), labels(count)),
    TypeError,
    `Cannot take the cross-entropy of [${logits.join(", ")}] with labels i32 [${count}]`,
    "one i32 label a row",
  ]),
  [
    "softmaxCrossEntropy() with labels that are not whole",
    () => softmaxCrossEntropy(t(2, 3), t(2)),
    TypeError,
    "Cannot take the cross-entropy of [2, 3] with labels f32 [2]",
  ],
  [
    "centerLoss() with another number of labels",
    () => centerLoss(t(2, 3), t(10, 3), labels(5), { rule: "paper" }),
    TypeError,
    "Cannot take the center loss of [2, 3] with labels i32 [5]",
  ],
  [
    "centerLoss() with centers of another length",
    () => centerLoss(t(2, 3), t(10, 4), labels(2), { rule: "paper" }),
    TypeError,
    "Cannot take the center loss of [2, 3] with centers [10, 4]: they must be [classes, 3]",
  ],
  ...["papyrus", "toString", "constructor", "__proto__"].map((rule): Refusal => [
    `centerLoss() by the unknown rule ${rule}`,
    () => centerLoss(t(2, 3), t(10, 3), labels(2), { rule: rule as CenterRule }),
    RangeError,
    `by the rule "${rule}": the rules are autograd, paper, paper/batch, balanced`,
  ]),
  [
    "interClassSeparation() with another number of labels",
    () => interClassSeparation(t(2, 3), labels(5)),
    TypeError,
    "Cannot take the inter-class separation of [2, 3] with labels i32 [5]",
    "one i32 label a row",
  ],
  [
    "interClassSeparation() of anything but a matrix",
    () => interClassSeparation(t(2), labels(2)),
    TypeError,
    "Cannot take the inter-class separation of [2] with labels i32 [2]",
  ],
  [
    "interClassSeparation() with labels that are not whole",
    () => interClassSeparation(t(2, 3), t(2)),
    TypeError,
    "Cannot take the inter-class separation of [2, 3] with labels f32 [2]",
  ],
  [
    "interClassSeparation() in an unknown form",
    () => interClassSeparation(t(2, 3), labels(2), { form: "log2" as SeparationForm }),
    RangeError,
    `Cannot take the inter-class separation in the form "log2": the forms are log1p, log`,
  ],
  [
    "standaloneLoss() with centers of another length",
    () => standaloneLoss(t(2, 3), t(10, 4), labels(2), { weightIntra: 1, weightInter: 0.1 }),
    TypeError,
    "[2, 3] with centers [10, 4]: they must be [classes, 3]",
  ],
  [
    "centerRepulsion() with another number of labels",
    () => centerRepulsion(t(2, 3), t(10, 3), labels(5), REPULSION),
    TypeError,
    "Cannot take the center repulsion of [2, 3] with labels i32 [5]",
  ],
  [
    "centerRepulsion() with centers of another length",
    () => centerRepulsion(t(2, 3), t(10, 4), labels(2), REPULSION),
    TypeError,
    "Cannot take the center repulsion of [2, 3] with centers [10, 4]: they must be [classes, 3]",
  ],
  [
    "centerRepulsion() with alpha 0",
    () => centerRepulsion(t(2, 3), t(10, 3), labels(2), { ...REPULSION, alpha: 0 }),
    RangeError,
    "Cannot take the center repulsion with alpha 0: it must be positive",
  ],
  [
    "centerRepulsion() with a bound that overflows",
    () => centerRepulsion(t(2, 3), t(10, 3), labels(2), { ...REPULSION, maxExponent: 89 }),
    RangeError,
    "with exponents up to 89: the bound must be above 0, and 80 at most",
  ],
  [
    "centerSoftmax() of another number of centers than classes",
    () => centerSoftmax(t(10, 2), t(2, 9), t(9)),
    TypeError,
    "Cannot take the softmax of centers [10, 2] by a weight [2, 9]: they must be [classes, dim] and [dim, classes]",
  ],
  [
    "centerSoftmax() of a bias of another length",
    () => centerSoftmax(t(10, 2), t(2, 10), t(9)),
    TypeError,
    "Cannot add a bias to [10, 10]: the bias is [9]; it must be [10]",
  ],
  [
    "softmaxCrossEntropy() of whole numbers",
    () => softmaxCrossEntropy(whole(2, 3), labels(2)),
    TypeError,
    `Cannot take softmaxCrossEntropy(): logits is i32 [2, 3], and it must be f32`,
  ],
  [
    "softmaxCrossEntropy() of no classes",
    () => softmaxCrossEntropy(t(2, 0), labels(2)),
    TypeError,
    "Cannot take the cross-entropy of [2, 0]: it has no classes",
  ],
  [
    "centerLoss() with centers of whole numbers",
    () => centerLoss(t(2, 3), whole(10, 3), labels(2), { rule: "paper" }),
    TypeError,
    "Cannot take centerLoss(): centers is i32 [10, 3], and it must be f32",
  ],
  [
    "centerLoss() with no centers",
    () => centerLoss(t(2, 3), t(0, 3), labels(2), { rule: "paper" }),
    TypeError,
    "with centers [0, 3]: they must be [classes, 3]",
  ],
  [
    "interClassSeparation() of whole numbers",
    () => interClassSeparation(whole(2, 3), labels(2)),
    TypeError,
    "Cannot take interClassSeparation(): features is i32 [2, 3]",
  ],
  [
    "centerRepulsion() of whole numbers",
    () => centerRepulsion(whole(2, 3), t(10, 3), labels(2), REPULSION),
    TypeError,
    "Cannot take centerRepulsion(): features is i32 [2, 3]",
  ],
  [
    "centerSoftmax() by a weight of whole numbers",
    () => centerSoftmax(t(10, 2), whole(2, 10), t(10)),
    TypeError,
    "Cannot take centerSoftmax(): weight is i32 [2, 10]",
  ],
];

testRefusals(refusals);
