/** Softmax cross-entropy. */
import source from "../../kernels/softmax_cross_entropy.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { labelsCheck } from "../ops/check_rows.ts";
import { launch, overRows } from "../ops/launch.ts";
import { totalOf } from "../ops/reduce.ts";
import { checkDType } from "../tensor/operands.ts";
import { show } from "../tensor/shape.ts";
import { withGradient } from "../tensor/tape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { checkBatch } from "./checks.ts";
import type { Loss } from "./loss.ts";

const checkLabels = labelsCheck("the cross-entropy");
const kernel = new Kernel("softmax_cross_entropy", source);

/**
 * The mean over the batch of `-log softmax(logits)[label]`, from logits of any size: nothing overflows.
 *
 * @param logits `[batch, classes]`.
 * @param labels `[batch]`, `i32`.
 * @returns A scalar, in nats.
 * @throws {TypeError} When the shapes do not fit.
 * @throws {RangeError} For a label that is no class, here or at the next readback.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, softmaxCrossEntropy, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const loss = softmaxCrossEntropy(tensor([[0, 0]]), tensor([1], { dtype: "i32" }));
 * assertAlmostEquals(await loss.item(), Math.log(2), 1e-6);
 * ```
 */
export function softmaxCrossEntropy(logits: Tensor, labels: Tensor): Tensor {
  checkDType("softmaxCrossEntropy", "f32", { logits });
  checkBatch("the cross-entropy", logits, labels);
  const loss = totalOf(crossEntropyOfRows(logits, labels), 1 / logits.shape[0]);
  return withGradient("softmaxCrossEntropy", [logits], loss, (gradLoss) => {
    return [run(logits, labels, gradLoss, empty(logits.shape))];
  }, [labels]);
}

/** Launches the kernel: the loss of each row, or the gradient for the logits. */
function run(
  logits: Tensor,
  labels: Tensor,
  gradLoss: Tensor | undefined,
  result: Tensor,
): Tensor {
  const [rows, classes] = logits.shape;
  const { constants, threads, passes } = overRows(rows, classes);
  launch(kernel, {
    constants: { GRADIENT: gradLoss !== undefined, ...constants },
    params: { rows, classes },
    tensors: { logits, labels, grad_loss: gradLoss ?? logits, result },
    threads,
    passes: (gradLoss ? 3 : 2) * passes, // the largest logit, the sum, and the gradient
  });
  return result;
}

/** What each row adds to {@linkcode softmaxCrossEntropy}, `[rows]`: minus the logarithm of its own class's probability. No gradient. */
export function crossEntropyOfRows(logits: Tensor, labels: Tensor): Tensor {
  checkBatch("the cross-entropy", logits, labels);
  const [rows, classes] = logits.shape;
  if (classes === 0) {
    throw new TypeError(
      `Cannot take the cross-entropy of ${show(logits.shape)}: it has no classes`,
    );
  }
  checkLabels(labels, classes);
  return run(logits, labels, undefined, empty([rows]));
}

/** Softmax cross-entropy in a recipe. */
export interface CrossEntropyRecipe {
  /** Tells it from the others. */
  kind: "cross-entropy";
}

/** Cross-entropy among the losses. */
export const CROSS_ENTROPY = {
  name: "cross-entropy",
  idea: "the softmax loss alone: what all others are compared with",
  formula: "-log softmax(w_j·x + b_j)",
  source: "mo-vic/standalone-center-loss",
  branch: "softmax",
  evaluation: "logit",
  start: { kind: "cross-entropy" },
  settings: {},
  objective: () => ({
    terms: ["cross_entropy"],
    weights: [1],
    centers: "none",
    readsLogits: true,
    evaluate: ({ logits, labels }) => [softmaxCrossEntropy(logits, labels)],
  }),
} as const satisfies Loss<CrossEntropyRecipe>;
