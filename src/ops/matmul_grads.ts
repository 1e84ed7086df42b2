/** The gradients of a matrix product, which are matrix products. */
import type { Tensor } from "../tensor/tensor.ts";
import type { MatmulOptions } from "./matmul_sizes.ts";

/** Multiplies for the gradient of the operand `like`, whose shape the result has. */
export type MultiplyLike = (a: Tensor, b: Tensor, options: MatmulOptions, like: Tensor) => Tensor;

/**
 * The gradients of both operands of `C = A B`, for those that require one: `dA = G Bᵀ` and `dB = Aᵀ G`, where a transposed
 * operand swaps the factors of its own.
 */
export function matmulGrads(
  [a, b]: readonly [Tensor, Tensor],
  g: Tensor,
  { transposeA = false, transposeB = false }: MatmulOptions,
  multiply: MultiplyLike,
): (Tensor | undefined)[] {
  return [
    !a.requiresGrad
      ? undefined
      : transposeA
      ? multiply(b, g, { transposeA: transposeB, transposeB: true }, a)
      : multiply(g, b, { transposeB: !transposeB }, a),
    !b.requiresGrad
      ? undefined
      : transposeB
      ? multiply(g, a, { transposeA: true, transposeB: transposeA }, b)
      : multiply(a, g, { transposeA: !transposeA }, b),
  ];
}
