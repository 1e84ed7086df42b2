import { add, mul } from "../ops/binary.ts";
import type { Operand } from "../ops/operand.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** The loss: its terms, each times its weight, added up. A weight that changes from step to step is a scalar on the GPU. */
export function weightedSum(terms: readonly Tensor[], weights: readonly Operand[]): Tensor {
  return terms.map((term, k) => weights[k] === 1 ? term : mul(term, weights[k])).reduce((a, b) =>
    add(a, b)
  );
}
