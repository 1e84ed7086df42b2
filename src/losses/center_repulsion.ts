/** Center repulsion: an exponential pull towards the centers, which push each other away. */
import { onlyOptions } from "../base/choice.ts";
import source from "../../kernels/center_repulsion.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { add, mul } from "../ops/binary.ts";
import { labelsCheck } from "../ops/check_rows.ts";
import { scatterAddRows } from "../ops/gather.ts";
import { launch } from "../ops/launch.ts";
import { totalOf } from "../ops/reduce.ts";
import { neg } from "../ops/unary.ts";
import { checkDType } from "../tensor/operands.ts";
import { withGradient } from "../tensor/tape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { checkAlpha, checkBatch, checkCenters, checkPairs, checkWeights } from "./checks.ts";
import { classNumbers } from "./class_numbers.ts";
import { interClassSeparation } from "./inter_class_separation.ts";
import { type Loss, type NumberSetting, WEIGHT_INTER, WEIGHT_INTRA } from "./loss.ts";

const checkLabels = labelsCheck("the center repulsion");
const kernel = new Kernel("center_repulsion", source);

/**
 * The largest exponent of {@linkcode centerRepulsion}. `exp(80)` is 5.5e34, where float32 ends at 3.4e38: what lies between
 * is left for the products of the gradient, `2 alpha |x - c| exp(80)`.
 */
export const MAX_EXPONENT = 80;

const KNOWN = ["alpha", "maxExponent", "weightIntra", "weightInter"] as const;

/** Options of {@linkcode centerRepulsionTerms}. */
export interface RepulsionOptions {
  /** Factor on the squared distance in the exponent, per squared unit of the features. */
  alpha: number;
  /** Where the exponent is clamped, at most {@linkcode MAX_EXPONENT}. Default: that. */
  maxExponent?: number;
}

/** Options of {@linkcode centerRepulsion}. */
export interface CenterRepulsionOptions extends RepulsionOptions {
  /** Factor on the pull towards the centers. */
  weightIntra: number;
  /** Factor on the repulsion of the centers. */
  weightInter: number;
}

/** What {@linkcode centerRepulsionTerms} gives: scalars. */
export interface RepulsionTerms {
  /** `1/m sum_i exp(alpha |x_i - c_yi|^2)`, 1 or more; with gradients for features and centers. */
  intra: Tensor;
  /** `-1/n sum_{i != j} log |c_i - c_j|^2`, in nats, without a lower bound; with a gradient for the centers. */
  inter: Tensor;
  /** How many samples of the batch had their exponent clamped, a whole number as `f32`; no gradient. */
  clamped: Tensor;
}

/**
 * The two terms of {@linkcode centerRepulsion} before their weights, and how many samples were clamped: count them over
 * the steps of a run, and it can say how often its loss was not what its formula says.
 *
 * @param features `[batch, dim]`.
 * @param centers `[classes, dim]`, parameters.
 * @param labels `[batch]`, `i32`.
 * @throws {TypeError} When the shapes do not fit.
 * @throws {RangeError} When `alpha` is not positive, or `maxExponent` not in (0, 80]; for more classes than the adapter
 * holds the pairs of; for a label that is no class, here or at the next readback.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { centerRepulsionTerms, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const features = tensor([[3, 4], [100, 0]]);
 * const centers = tensor([[0, 0], [1, 1]]);
 * const labels = tensor([0, 0], { dtype: "i32" }); // |x - c|^2 is 25 and 10,000
 * const options = { alpha: 0.05, maxExponent: 10 };
 * const { intra, clamped } = centerRepulsionTerms(features, centers, labels, options);
 * assertAlmostEquals(await intra.item() / ((Math.exp(0.05 * 25) + Math.exp(10)) / 2), 1, 1e-5);
 * assertEquals(await clamped.item(), 1);
 * ```
 */
export function centerRepulsionTerms(
  features: Tensor,
  centers: Tensor,
  labels: Tensor,
  options: RepulsionOptions,
): RepulsionTerms {
  const { alpha, maxExponent = MAX_EXPONENT } = onlyOptions(
    "take centerRepulsionTerms()",
    options as CenterRepulsionOptions, // whoever has the weights, too, may give them
    KNOWN,
  );
  check(features, centers, labels, alpha, maxExponent);
  const [samples, dim] = features.shape, [classes] = centers.shape;
  checkLabels(labels, classes);
  const run = (gradLoss: Tensor | undefined, result: Tensor, clamped?: Tensor) => {
    launch(kernel, {
      constants: { GRADIENT: gradLoss !== undefined },
      params: { samples, dim, classes, scale: 1 / samples, alpha, bound: maxExponent },
      tensors: { features, centers, labels, grad_loss: gradLoss ?? features, result, clamped },
      threads: samples,
      passes: 2 * dim,
    });
    return result;
  };
  const beyond = empty([samples]), losses = run(undefined, empty([samples]), beyond);
  const [pull, clamped] = [losses, beyond].map((parts) => totalOf(parts));
  const intra = withGradient("centerRepulsion", [features, centers], pull, (gradLoss) => {
    const gradFeatures = run(gradLoss, empty(features.shape));
    if (!centers.requiresGrad) return [gradFeatures, undefined];
    // A center is drawn to each of its samples as much as the sample is drawn to it.
    const drawn = scatterAddRows(gradFeatures, labels, classes);
    const gradCenters = neg(drawn);
    drawn.dispose();
    return [gradFeatures, gradCenters];
  }, [labels]);
  const inter = neg(interClassSeparation(centers, classNumbers(classes), { form: "log" }));
  return { intra, inter, clamped };
}

/**
 * Center repulsion, which mo-vic/standalone-center-loss tried and rejected: features are pulled towards the center of
 * their class exponentially, and it is the centers, not the features, that push each other away:
 *
 *     weightIntra 1/m sum_i exp(alpha |x_i - c_yi|^2)  -  weightInter 1/n sum_{i, j: i != j} log |c_i - c_j|^2
 *
 * over the batch of m samples and the ordered pairs of n classes.
 *
 * An exponent above {@linkcode MAX_EXPONENT} would soon overflow float32, and is clamped. A clamped sample counts as if it
 * stood nearer, on its way to the center, where its exponent is the bound: it has the loss of that point, a constant, and
 * its gradient, so that it is still drawn in. (The derivative of the constant, 0, would lose it for good.)
 * {@linkcode centerRepulsionTerms} counts those samples. With the bound at 80 such a gradient is of order 1e34: finite, but
 * no plain step survives it, and its square overflows in Adam; a smaller `maxExponent` (below 40) is one that does not.
 *
 * Centers that coincide make the loss `Infinity` and their gradient NaN, and nothing hides that.
 *
 * @param features `[batch, dim]`.
 * @param centers `[classes, dim]`, parameters.
 * @param labels `[batch]`, `i32`.
 * @returns A scalar without a lower bound: centers gain by moving apart, ever more slowly.
 * @throws {TypeError} When the shapes do not fit.
 * @throws {RangeError} When `alpha` is not positive, or `maxExponent` not in (0, 80]; for more classes than the adapter
 * holds the pairs of; for a label that is no class, here or at the next readback.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { centerRepulsion, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const features = tensor([[3, 4], [1, 0]]);
 * const centers = tensor([[0, 0], [1, 1]]);
 * const labels = tensor([0, 1], { dtype: "i32" });
 * const loss = centerRepulsion(features, centers, labels, { alpha: 0.05, weightIntra: 1, weightInter: 0.1 });
 * // |x - c|^2 is 25 and 1; |c_0 - c_1|^2 is 2, and both orders count.
 * const expected = (Math.exp(1.25) + Math.exp(0.05)) / 2 - 0.1 * (2 * Math.log(2)) / 2;
 * assertAlmostEquals(await loss.item(), expected, 1e-5);
 * ```
 */
export function centerRepulsion(
  features: Tensor,
  centers: Tensor,
  labels: Tensor,
  options: CenterRepulsionOptions,
): Tensor {
  const { weightIntra, weightInter, ...exponent } = onlyOptions(
    "take centerRepulsion()",
    options,
    KNOWN,
  );
  checkWeights("the center repulsion", { weightIntra, weightInter });
  const { intra, inter, clamped } = centerRepulsionTerms(features, centers, labels, exponent);
  clamped.dispose();
  return add(mul(weightIntra, intra), mul(weightInter, inter));
}

function check(
  features: Tensor,
  centers: Tensor,
  labels: Tensor,
  alpha: number,
  maxExponent: number,
): void {
  const act = "the center repulsion";
  checkDType("centerRepulsion", "f32", { features, centers });
  checkBatch(act, features, labels);
  checkCenters(act, features, centers);
  checkPairs(act, centers.shape[0], "classes", "take fewer classes, or another loss");
  checkAlpha(`take ${act}`, alpha);
  if (!(maxExponent > 0 && maxExponent <= MAX_EXPONENT)) {
    throw new RangeError(
      `Cannot take ${act} with exponents up to ${maxExponent}: the bound must be above 0, and ${MAX_EXPONENT} at most`,
    );
  }
}

/** {@linkcode centerRepulsion} in a recipe, without a softmax. */
export interface CenterRepulsionRecipe {
  /** Tells it from the others. */
  kind: "center-repulsion";
  /** The factor in the exponent. */
  alpha: number;
  /** The factor on the pull. */
  weightIntra: number;
  /** The factor on the repulsion. */
  weightInter: number;
}

/** The factor in the exponent. */
export const EXPONENT = {
  flag: "exponent",
  what: "factor in the exponent of center repulsion and center softmax",
  range: { low: 1e-6, high: 1e3 },
} as const satisfies NumberSetting;

/** Center repulsion among the losses. */
export const CENTER_REPULSION = {
  name: "center repulsion",
  idea:
    "an exponential pull to the centers, which push each other away; tried and given up by its source",
  formula: "a mean exp(α|x - c_y|²) - b/n Σ_{j≠k} log |c_j - c_k|²",
  source: "mo-vic/standalone-center-loss",
  branch: "centers",
  evaluation: "nearest-center",
  start: { kind: "center-repulsion", alpha: 0.05, weightIntra: 1, weightInter: 0.1 },
  settings: { alpha: EXPONENT, weightIntra: WEIGHT_INTRA, weightInter: WEIGHT_INTER },
  objective: ({ alpha, weightIntra, weightInter }) => {
    checkAlpha('train the loss "center-repulsion"', alpha);
    return {
      terms: ["intra", "inter"],
      weights: [weightIntra, weightInter],
      counts: ["clamped"],
      centers: "learned",
      readsLogits: false,
      evaluate: ({ features, centers, labels }) => {
        const { intra, inter, clamped } = centerRepulsionTerms(features, centers, labels, {
          alpha,
        });
        return [intra, inter, clamped];
      },
    };
  },
} as const satisfies Loss<CenterRepulsionRecipe>;
