/** How sure a network is of the class it predicts, without a look at the labels. */
import source from "../../kernels/certainty.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { launch, overRows } from "../ops/launch.ts";
import { show } from "../tensor/shape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";

const kernel = new Kernel("certainty", source);

/**
 * The largest softmax probability of each row, that of the predicted class, from finite logits of any size: nothing
 * overflows. NaN for a row that holds a NaN or an infinite logit. No gradient.
 *
 * @param logits `[rows, classes]`.
 * @returns `[rows]`, `1 / classes` to 1.
 * @throws {TypeError} When `logits` is no matrix, or has no classes.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const [even, sure] = await certainty(tensor([[7, 7], [0, Math.log(3)]])).read();
 * assertAlmostEquals(even, 0.5, 1e-6);
 * assertAlmostEquals(sure, 0.75, 1e-6);
 * ```
 */
export function certainty(logits: Tensor): Tensor {
  return perRow("the certainty", logits, 1, false);
}

/**
 * The log-odds `log(p / (1 - p))` of each row's largest softmax probability `p`, in nats. It grows with `p`, and still
 * tells rows apart whose `p` float32 rounds to 1 (a lead of 17 in the logits): so it ranks samples by certainty where
 * the probability itself leaves thousands tied. NaN for a row that holds a NaN or an infinite logit. No gradient.
 *
 * @param logits `[rows, classes]`, two classes at least.
 * @returns `[rows]`.
 * @throws {TypeError} When `logits` is no matrix, or has fewer than two classes.
 */
export function logOdds(logits: Tensor): Tensor {
  return perRow("the log-odds", logits, 2, true);
}

function perRow(act: string, logits: Tensor, fewest: number, odds: boolean): Tensor {
  const [rows, classes] = logits.shape;
  if (logits.shape.length !== 2 || classes < fewest || logits.dtype !== "f32") {
    throw new TypeError(
      `Cannot take ${act} of ${logits.dtype} ${
        show(logits.shape)
      }: it needs f32 [rows, classes] with at least ${fewest} class${fewest > 1 ? "es" : ""}`,
    );
  }
  const result = empty([rows]);
  const { constants, threads } = overRows(rows, classes);
  launch(kernel, {
    constants: { LOG_ODDS: odds, ...constants },
    params: { rows, classes },
    tensors: { logits, result },
    threads,
  });
  return result;
}
