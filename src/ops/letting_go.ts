import type { Tensor } from "../tensor/tensor.ts";

/** A result of several ops, without what was made on the way: where no gradient goes back, nobody else frees that outside of a scope. */
export function lettingGo(result: Tensor, ...made: readonly Tensor[]): Tensor {
  if (!result.requiresGrad) { for (const t of made) if (t !== result) t.dispose(); }
  return result;
}
