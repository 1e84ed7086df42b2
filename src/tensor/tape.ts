/**
 * The tape: a list of ops, each with the function that carries a gradient back through it. `backward` (in `src/ops`) walks
 * it once, from its end.
 * (After karpathy/micrograd, `engine.py`: forward and derivative side by side, one walker that sums.)
 */
import { refusePromise, withEveryScope } from "./scope.ts";
import type { Tensor, Version } from "./tensor.ts";

/**
 * Takes what has gathered so far of the gradient of an op's input, by the input's place: for an op whose kernel can add
 * it to its own part, which is then the sum of both. The op disposes it.
 */
export type TakeGathered = (input: number) => Tensor | undefined;

/** Carries the gradient of an op's output to its inputs; `undefined` for an input that needs none. */
export type Backward = (grad: Tensor, gathered: TakeGathered) => readonly (Tensor | undefined)[];

/** One op on the tape. */
export interface TapeOp {
  op: string;
  inputs: readonly Tensor[];
  /** Those of the inputs that were trained, or computed from what was, when the op read them. */
  trained: ReadonlySet<Tensor>;
  output: Tensor;
  backward: Backward;
  /** The tensors that `backward` reads, inputs, output and others, with the versions of their elements that the op left. */
  reads: readonly (readonly [what: "input" | "result", t: Tensor, version: Version])[];
}

let tape: TapeOp[] = [];
/** How many ops were taken off before: places on the tape are counted from the first op that it ever had. */
let taken = 0;
let enabled = true;
/** Tensors that `backward()` left a gradient at, on a recorded step's own tape. */
let leaves: Set<Tensor> | undefined;
/** Tensors whose `requiresGrad` an op of a recorded step went by. */
let asked: Set<Tensor> | undefined;
/** The op that made a tensor, while and after it is on the tape. */
const makers = new WeakMap<Tensor, string>();

/** True when an op on these inputs goes onto the tape. */
export function wantsGradient(inputs: readonly Tensor[]): boolean {
  if (!enabled) return false;
  for (const t of inputs) asked?.add(t);
  return inputs.some((t) => t.requiresGrad);
}

/**
 * Puts `output = op(inputs)` onto the tape, if a gradient can be asked for.
 *
 * @param others What `backward` reads besides, and has no gradient: labels, conditions.
 * @returns The output.
 */
export function withGradient(
  op: string,
  inputs: readonly Tensor[],
  output: Tensor,
  backward: Backward,
  others: readonly Tensor[] = [],
): Tensor {
  if (wantsGradient(inputs)) {
    output.requiresGrad = true;
    makers.set(output, op);
    const read = [...inputs, ...others].map((t) => ["input", t, t.version] as const);
    const reads = [...read, ["result", output, output.version] as const];
    const trained = new Set(inputs.filter((t) => t.requiresGrad));
    tape.push({ op, inputs, trained, output, backward, reads });
  }
  return output;
}

/** The op that made a tensor, whether or not it is still on the tape; none for what was made with `requiresGrad`. */
export function makerOf(t: Tensor): string | undefined {
  return makers.get(t);
}

/**
 * Runs `f` without a tape, as in evaluation. Batch norm and dropout do not go by it, but by `forward(x, { training: false })`.
 *
 * @throws {TypeError} When `f` gives a promise: what it does after its first wait would be on the tape.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { mul, noGrad, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const x = tensor([1, 2], { requiresGrad: true });
 * assertEquals(mul(x, x).requiresGrad, true);
 * assertEquals(noGrad(() => mul(x, x)).requiresGrad, false);
 * ```
 */
export function noGrad<T>(f: () => T): T {
  const saved = enabled;
  enabled = false;
  let result: T;
  try {
    result = f();
  } finally {
    enabled = saved;
  }
  refusePromise(
    result,
    "Cannot run an asynchronous function without a tape: what it does after its first wait would be on it; read before or after noGrad()",
  );
  return result;
}

/**
 * Runs `f` with a tape of its own, which ends with it: a recorded step neither takes ops off another tape nor leaves any
 * there.
 *
 * @param f Is given the tensors that `backward()` leaves a gradient at, and those whose `requiresGrad` ops go by, as they
 * become known.
 */
export function withOwnTape<T>(
  f: (leaves: ReadonlySet<Tensor>, asked: ReadonlySet<Tensor>) => T,
): T {
  const saved = { tape, taken, leaves, asked };
  tape = [];
  taken = 0;
  const own = { leaves: leaves = new Set(), asked: asked = new Set() };
  try {
    return f(own.leaves, own.asked);
  } finally {
    ({ tape, taken, leaves, asked } = saved);
  }
}

/** Adds a tensor to those that `backward()` left a gradient at. */
export function addLeaf(t: Tensor): void {
  leaves?.add(t);
}

/** The ops on the tape, the last first. */
export function tapeOps(): TapeOp[] {
  return tape.toReversed();
}

/** Takes the ops off the tape, the last first. */
export function takeTape(): TapeOp[] {
  taken += tape.length;
  return tape.splice(0).reverse();
}

// A scope that ends takes its ops off the tape: nobody took the gradient of what it made.
withEveryScope(() => {
  const start = taken + tape.length;
  return () => void (tape.length = Math.min(tape.length, Math.max(start - taken, 0)));
});
