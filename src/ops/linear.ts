/** The affine map of a fully connected layer. */
import { checkDType, checkLength } from "../tensor/operands.ts";
import { show } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { add } from "./binary.ts";
import { lettingGo } from "./letting_go.ts";
import { matmul } from "./matmul.ts";

/**
 * `x weight + bias`.
 *
 * @param x `[batch, in]`.
 * @param weight `[in, out]`. (PyTorch keeps it as `[out, in]`; checkpoints are transposed on the way in.)
 * @param bias `[out]`.
 * @throws {TypeError} When the shapes do not fit.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { linear, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const y = linear(tensor([[1, 2]]), tensor([[1, 0], [0, 10]]), tensor([5, 5]));
 * assertEquals([...await y.read()], [6, 25]);
 * ```
 */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  checkDType("linear", "f32", { x, weight }, { bias });
  const y = matmul(x, weight);
  if (!bias) return y;
  checkLength(`Cannot add a bias to ${show(y.shape)}`, "the bias", bias, y.shape.at(-1)!);
  return lettingGo(add(y, bias), y);
}
