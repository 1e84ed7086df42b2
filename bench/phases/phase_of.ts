/** Which part of a training step each of its commands is. */

/** The parts, in the order of the table. */
export const PHASES = [
  "convolution, forward",
  "its input gradient",
  "its weight gradient",
  "batch norm",
  "PReLU and its gradient",
  "pooling and its gradient",
  "SGD",
  "everything else",
] as const;

/** One of them. */
export type Phase = typeof PHASES[number];

/** The dispatch behind which a step goes back: the last of its loss. */
const LAST_OF_LOSS = "softmax_cross_entropy";

/**
 * The parts that commands are of, by the names of their kernels in the order of the step. A transform is of the product that
 * it is for, a sum over parts of what made these.
 */
export function phasesOf(kernels: readonly string[]): Phase[] {
  const backward = kernels.lastIndexOf(LAST_OF_LOSS);
  const phases: Phase[] = [];
  kernels.forEach((kernel, i) => {
    const after = kernels.slice(i).find((name) => name.startsWith("conv2d_"));
    const before = phases.at(-1);
    const transforms = kernel === "winograd_rows" || kernel === "winograd_weight";
    if (transforms && after) phases.push(phaseOf(after, i > backward));
    else if (kernel === "reduce" && before && SUMMED.includes(before)) phases.push(before);
    else phases.push(phaseOf(kernel, i > backward));
  });
  return phases;
}

/** Parts whose kernels leave sums of stretches, for `reduce` to add up. */
const SUMMED: readonly Phase[] = ["its weight gradient", "batch norm", "PReLU and its gradient"];

function phaseOf(kernel: string, backward: boolean): Phase {
  if (kernel.includes("weight_grad")) return "its weight gradient";
  if (kernel.startsWith("conv2d_")) return backward ? "its input gradient" : "convolution, forward";
  if (kernel.startsWith("batch_norm")) return "batch norm";
  if (kernel.startsWith("prelu")) return "PReLU and its gradient";
  if (kernel.startsWith("max_pool")) return "pooling and its gradient";
  return kernel === "sgd" ? "SGD" : "everything else";
}
