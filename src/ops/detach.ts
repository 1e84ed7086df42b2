/** A tensor that gradients do not pass. */
import { checkTensors } from "../tensor/operands.ts";
import type { Tensor } from "../tensor/tensor.ts";

/**
 * The same elements, on the same memory, as a constant: no gradient goes back through it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { backward, detach, mul, openGpu, sum, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const x = tensor([2, 3], { requiresGrad: true });
 * backward(sum(mul(detach(x), x)));
 * assertEquals([...await x.grad!.read()], [2, 3]); // with x * x it would be [4, 6]
 * ```
 */
export function detach(x: Tensor): Tensor {
  checkTensors("detach()", { x });
  return x.alias();
}
