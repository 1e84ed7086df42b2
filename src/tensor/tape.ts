/**
 * The tape: ops note on it how to carry a gradient back, and `backward` (in `src/ops`) walks it once from its end.
 * (After karpathy/micrograd, `engine.py`: forward and derivative side by side, one walker that sums.)
 */
import type { Tensor } from "./tensor.ts";

/**
 * Takes what has gathered so far of the gradient of an op's input, by the input's place: for an op whose kernel can add
 * it to its own part, which is then the sum of both. The op disposes it.
 */
export type TakeGathered = (input: number) => Tensor | undefined;

/** Carries the gradient of an op's output to its inputs; `undefined` for an input that needs none. */
export type Backward = (grad: Tensor, gathered: TakeGathered) => readonly (Tensor | undefined)[];

/** One op on the tape. */
export interface Entry {
  op: string;
  inputs: readonly Tensor[];
  output: Tensor;
  backward: Backward;
}

const tape: Entry[] = [];
let enabled = true;

/** True when an op on these inputs will be noted. */
export function isNoted(inputs: readonly Tensor[]): boolean {
  return enabled && inputs.some((t) => t.requiresGrad);
}

/** Notes `output = op(inputs)` on the tape, if a gradient can be asked for. */
export function note(
  op: string,
  inputs: readonly Tensor[],
  output: Tensor,
  backward: Backward,
): Tensor {
  if (isNoted(inputs)) {
    output.requiresGrad = true;
    tape.push({ op, inputs, output, backward });
  }
  return output;
}

/** Runs `f` without a tape, as in evaluation. */
export function noGrad<T>(f: () => T): T {
  const saved = enabled;
  enabled = false;
  try {
    return f();
  } finally {
    enabled = saved;
  }
}

/** Takes the tape's entries off, the last first. */
export function takeTape(): Entry[] {
  return tape.splice(0).reverse();
}

/** Forgets what is on the tape: for a forward pass whose gradient nobody wants. */
export function clearTape(): void {
  tape.length = 0;
}
