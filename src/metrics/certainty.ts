/** How sure a network is of the class it predicts, without a look at the labels. */
import source from "../../kernels/certainty.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { launch, overRows } from "../ops/launch.ts";
import { show } from "../tensor/shape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";

const kernel = new Kernel("certainty", source);

/**
 * The log-odds `log(p / (1 - p))` of each row's largest softmax probability `p`, in nats, from finite logits of any size:
 * nothing overflows. It grows with `p`, and still tells rows apart whose `p` float32 rounds to 1 (a lead of 17 in the
 * logits). Infinite where the largest logit is infinitely far above the next; NaN where both are the same infinity, and for
 * a row that holds a NaN. No gradient.
 *
 * @param logits `[rows, classes]`, two classes at least.
 * @returns `[rows]`.
 * @throws {TypeError} When `logits` is no matrix, or has fewer than two classes.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const [even, sure] = await logOdds(tensor([[7, 7], [0, Math.log(3)]])).read();
 * assertAlmostEquals(even, 0, 1e-6);
 * assertAlmostEquals(sure, Math.log(3), 1e-6);
 * ```
 */
export function logOdds(logits: Tensor): Tensor {
  const [rows, classes] = logits.shape;
  if (logits.shape.length !== 2 || classes < 2 || logits.dtype !== "f32") {
    throw new TypeError(
      `Cannot take the log-odds of ${logits.dtype} ${
        show(logits.shape)
      }: it needs f32 [rows, classes] with at least 2 classes`,
    );
  }
  const result = empty([rows]);
  const { constants, threads, passes } = overRows(rows, classes);
  launch(kernel, {
    constants,
    params: { rows, classes },
    tensors: { logits, result },
    threads,
    passes: 2 * passes, // the largest logit, and the sum
  });
  return result;
}
