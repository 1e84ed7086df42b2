/** Reading what is made for that alone. */
import { scope } from "./scope.ts";
import { noGrad } from "./tape.ts";
import { readAll, type Tensor } from "./tensor.ts";
import type { Elements } from "./elements.ts";

/**
 * Reads what `f` makes. The copies are made at once and all of its tensors are freed, so no scope is open while the GPU is
 * waited for, and what others make meanwhile stays theirs.
 */
export function readAllOf(f: () => readonly Tensor[]): Promise<Elements[]> {
  using _ = scope();
  return readAll(noGrad(f));
}

/** The same for one tensor. */
export async function readOf(f: () => Tensor): Promise<Elements> {
  const [values] = await readAllOf(() => [f()]);
  return values;
}
