/** How far the samples of different classes lie apart. */
import { onlyOptions } from "../base/choice.ts";
import gradSource from "../../kernels/inter_class_separation_grad.wgsl" with { type: "text" };
import source from "../../kernels/inter_class_separation.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { labelsCheck, MOST_CLASSES } from "../ops/check_rows.ts";
import { launch } from "../ops/launch.ts";
import { totalOf } from "../ops/reduce.ts";
import { checkDType } from "../tensor/operands.ts";
import { checkSetting, LEAST_POSITIVE } from "../tensor/setting.ts";
import { withGradient } from "../tensor/tape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { checkBatch, checkPairs } from "./checks.ts";

const checkLabels = labelsCheck("the inter-class separation");
const kernel = new Kernel("inter_class_separation", source);
const featuresGrad = new Kernel("inter_class_separation_grad", gradSource);

/**
 * What is taken of a pair's squared distance. The code of mo-vic/standalone-center-loss computes the first, its README writes
 * the second, and describes the third without a formula: the distance, truncated "by a margin".
 *
 * | form | of a pair | where two points coincide |
 * | --- | --- | --- |
 * | `log1p` | `log(1 + \|x_i - x_j\|^2)`, the source's code | 0, with gradient 0 |
 * | `log` | `log \|x_i - x_j\|^2`, the source's README | `-Infinity`, with gradient NaN |
 * | `margin` | `min(\|x_i - x_j\|^2, margin)`, what the README gave up | 0, with gradient 0 |
 */
export type SeparationForm = "log1p" | "log" | "margin";

/** What a logarithm adds to the squared distance. */
const SHIFTS: Record<SeparationForm, number> = { log1p: 1, log: 0, margin: 0 };

/** Names of all forms. */
export const SEPARATION_FORMS: readonly SeparationForm[] = Object.keys(SHIFTS) as SeparationForm[];

/** Options of {@linkcode interClassSeparation}. */
export interface SeparationOptions {
  /** Default: `log1p`. */
  form?: SeparationForm;
  /** For `margin`: the squared distance from which on a pair is far enough; above 0. The other forms have none. */
  margin?: number;
}

/**
 * How far the samples of different classes lie apart: the sum of `log(1 + |x_i - x_j|^2)` over all ordered pairs (i, j) of
 * samples with different labels, over the batch size. It is a gain: a loss subtracts it. 0 for a batch of one class.
 *
 * The README of the source (mo-vic/standalone-center-loss) writes `log |x_i - x_j|^2`; its code adds the 1, and that is
 * the default here. The README's form is `{ form: "log" }`: it is `-Infinity` as soon as two samples of different classes
 * have equal features, and nothing hides that. `{ form: "margin", margin: 4 }` is the squared distance, up to 4: a pair
 * farther apart has no gradient, one that is just so far apart still has.
 *
 * @param features `[batch, dim]`.
 * @param labels `[batch]`, `i32`.
 * @returns A scalar: of the two logarithms in nats, of `margin` in squared units of the features; it grows with the batch,
 * whose pairs are more than its samples. Needs memory for `[batch, batch]`.
 * @throws {TypeError} When the shapes do not fit.
 * @throws {RangeError} For an unknown form; for a margin that is not positive, that is missing, or that the form does not
 * have; for a negative label, here or at the next readback.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { interClassSeparation, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const features = tensor([[0, 0], [3, 4], [5, 5]]);
 * const labels = tensor([0, 1, 1], { dtype: "i32" }); // so |x_0 - x_1|^2 = 25 and |x_0 - x_2|^2 = 50 count, twice each
 * const separation = interClassSeparation(features, labels);
 * assertAlmostEquals(await separation.item(), 2 * (Math.log(26) + Math.log(51)) / 3, 1e-5);
 * const bare = interClassSeparation(features, labels, { form: "log" });
 * assertAlmostEquals(await bare.item(), 2 * (Math.log(25) + Math.log(50)) / 3, 1e-5);
 * const truncated = interClassSeparation(features, labels, { form: "margin", margin: 30 });
 * assertAlmostEquals(await truncated.item(), 2 * (25 + 30) / 3, 1e-5);
 * ```
 */
export function interClassSeparation(
  features: Tensor,
  labels: Tensor,
  options: SeparationOptions = {},
): Tensor {
  checkDType("interClassSeparation", "f32", { features });
  checkBatch("the inter-class separation", features, labels);
  const { form = "log1p", margin } = onlyOptions("take interClassSeparation()", options, [
    "form",
    "margin",
  ]);
  checkForm("take the inter-class separation", form, margin);
  const [samples, dim] = features.shape;
  checkPairs("the inter-class separation", samples, "samples", "use a smaller batch");
  checkLabels(labels, MOST_CLASSES);
  const pairsOf = (gradient: boolean): Tensor => {
    const pairs = empty([samples, samples]);
    launch(kernel, {
      constants: { GRADIENT: gradient, TRUNCATED: form === "margin" },
      params: { samples, dim, shift: SHIFTS[form], margin: margin ?? 0 },
      tensors: { features, labels, pairs },
      threads: pairs.size,
      passes: dim,
      cost: { flops: 3 * pairs.size * dim },
    });
    return pairs;
  };
  const separation = totalOf(pairsOf(false), 1 / samples);
  return withGradient("interClassSeparation", [features], separation, (gradLoss) => {
    const weights = pairsOf(true);
    const gradFeatures = empty(features.shape);
    launch(featuresGrad, {
      params: { samples, dim, scale: 4 / samples },
      tensors: { features, weights, grad_loss: gradLoss, grad_features: gradFeatures },
      threads: features.size,
      passes: samples,
      cost: { flops: 3 * features.size * samples },
    });
    weights.dispose();
    return [gradFeatures];
  }, [labels]);
}

/**
 * Refuses an unknown form, and a margin that does not go with it.
 *
 * @throws {TypeError} For a margin that is no number.
 * @throws {RangeError} Otherwise.
 */
export function checkForm(act: string, form: SeparationForm, margin: number | undefined): void {
  if (!SEPARATION_FORMS.includes(form)) {
    throw new RangeError(
      `Cannot ${act} in the form "${form}": the forms are ${SEPARATION_FORMS.join(", ")}`,
    );
  }
  if (form === "margin") {
    const what = `Cannot ${act} with margin ${margin}:`;
    const fits = (held: number) => held >= LEAST_POSITIVE && held < Infinity;
    return checkSetting(what, margin as number, "it must be positive", fits);
  }
  if (margin === undefined) return;
  throw new RangeError(`Cannot ${act} with a margin in the form "${form}": only "margin" has one`);
}
