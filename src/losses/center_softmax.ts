/** Cross-entropy of the class centers themselves. */
import { linear } from "../ops/linear.ts";
import { checkDType } from "../tensor/operands.ts";
import { show } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { classNumbers } from "./class_numbers.ts";
import { checkPairs } from "./checks.ts";
import { softmaxCrossEntropy } from "./cross_entropy.ts";

/**
 * The softmax cross-entropy of a linear layer over the class centers, each center labelled with its own class
 * (mo-vic/standalone-center-loss's other alternative, "a linear layer over the class centres with a softmax loss"):
 *
 *     1/n sum_j -log softmax(c_j weight + bias)[j]
 *
 * It keeps the centers apart where a layer can tell them apart; the samples do not appear in it. Added to a pull of the
 * features towards their centers (`intra` of {@linkcode centerRepulsionTerms}, or {@linkcode centerLoss}) it makes a loss.
 *
 * @param centers `[classes, dim]`.
 * @param weight `[dim, classes]`, as {@linkcode linear} takes it.
 * @param bias `[classes]`. Default: none.
 * @returns A scalar, in nats: log(classes) where the layer sees no difference, 0 at least.
 * @throws {TypeError} When the shapes do not fit.
 * @throws {RangeError} When there are more classes than the adapter holds the pairs of.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { centerSoftmax, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const centers = tensor([[1, 0], [0, 1]]);
 * const weight = tensor([[1, 0], [0, 1]]);
 * const bias = tensor([0, 0]);
 * assertAlmostEquals(await centerSoftmax(centers, weight, bias).item(), Math.log(1 + Math.exp(-1)), 1e-6);
 * ```
 */
export function centerSoftmax(centers: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  checkDType("centerSoftmax", "f32", { centers, weight }, { bias });
  const [classes, dim] = centers.shape;
  const fits = centers.shape.length === 2 && classes > 0 && weight.shape.length === 2 &&
    weight.shape[0] === dim && weight.shape[1] === classes;
  if (!fits) {
    throw new TypeError(
      `Cannot take the softmax of centers ${show(centers.shape)} by a weight ${
        show(weight.shape)
      }: they must be [classes, dim] and [dim, classes]`,
    );
  }
  checkPairs("the center softmax", classes, "classes", "take fewer classes, or another loss");
  return softmaxCrossEntropy(linear(centers, weight, bias), classNumbers(classes));
}
