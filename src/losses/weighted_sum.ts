import { add, mul } from "../ops/binary.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** The loss: its terms, each times its weight, added up. */
export function weightedSum(terms: readonly Tensor[], weights: readonly number[]): Tensor {
  return terms.map((term, k) => weights[k] === 1 ? term : mul(term, weights[k])).reduce((a, b) =>
    add(a, b)
  );
}
