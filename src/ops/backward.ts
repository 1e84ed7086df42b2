/** The gradient of a scalar: one walk along the tape, from its end. */
import { show } from "../tensor/shape.ts";
import { noGrad, takeTape } from "../tensor/tape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { evaluateBinary } from "./binary_kernel.ts";
import { ones } from "./fill.ts";

/**
 * Computes the gradient of a scalar for every tensor made with `requiresGrad` that it depends on, and leaves it in that
 * tensor's `grad` (added to what is there). Empties the tape.
 * (After karpathy/micrograd, `engine.py`: forward and derivative side by side, one walker that sums.)
 *
 * @throws {TypeError} When `loss` is not a scalar or depends on nothing that requires a gradient.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { backward, mul, openGpu, sum, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const x = tensor([1, 2, 3], { requiresGrad: true });
 * backward(sum(mul(x, x)));
 * assertEquals([...await x.grad!.read()], [2, 4, 6]);
 * ```
 */
export function backward(loss: Tensor): void {
  const entries = takeTape();
  if (loss.size !== 1) {
    throw new TypeError(
      `Cannot take the gradient of ${show(loss.shape)}: it is not a scalar; sum() or mean() it`,
    );
  }
  if (!loss.requiresGrad) {
    throw new TypeError(
      "Cannot take the gradient: the loss depends on no tensor with requiresGrad",
    );
  }
  noGrad(() => {
    const computed = new Set(entries.map((entry) => entry.output));
    const grads = new Map<Tensor, Tensor>([[loss, ones(loss.shape)]]);
    for (const { inputs, output, backward } of entries) {
      const grad = grads.get(output);
      if (!grad) continue;
      grads.delete(output);
      const gathered = (i: number) => {
        const before = grads.get(inputs[i]);
        grads.delete(inputs[i]);
        return before;
      };
      backward(grad, gathered).forEach((part, i) => {
        const input = inputs[i];
        if (!part) return;
        if (!input.requiresGrad) return part.dispose();
        if (computed.has(input)) grads.set(input, joined(grads.get(input), part));
        else input.grad = joined(input.grad, part);
      });
      grad.dispose();
    }
  });
}

/** The sum of two gradients of one tensor; takes over both. */
function joined(before: Tensor | undefined, part: Tensor): Tensor {
  if (!before) return part;
  const total = evaluateBinary("add", before, part);
  before.dispose();
  part.dispose();
  return total;
}
