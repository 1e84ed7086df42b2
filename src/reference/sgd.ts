import { type Array64, zeros } from "./array64.ts";

/** Hyperparameters of one step; momentum and weight decay default to 0, Nesterov's momentum to none. */
export interface SgdOptions {
  lr: number;
  momentum?: number;
  weightDecay?: number;
  nesterov?: boolean;
}

/**
 * One step of SGD with momentum as PyTorch has it: all tensors of the parameter's shape, `velocity` left
 * out at the first step. Returns new values, the arguments stay as they are.
 *
 *     g <- gradient + weightDecay p
 *     v <- g at the first step, momentum v + g afterwards
 *     p <- p - lr v, with Nesterov's momentum p - lr (g + momentum v)
 */
export function sgd(
  parameter: Array64,
  gradient: Array64,
  velocity: Array64 | undefined,
  { lr, momentum = 0, weightDecay = 0, nesterov = false }: SgdOptions,
): { parameter: Array64; velocity: Array64 } {
  const next = { parameter: zeros(parameter.shape), velocity: zeros(parameter.shape) };
  for (let i = 0; i < parameter.data.length; i++) {
    const g = gradient.data[i] + weightDecay * parameter.data[i];
    const v = velocity ? momentum * velocity.data[i] + g : g;
    next.velocity.data[i] = v;
    next.parameter.data[i] = parameter.data[i] - lr * (nesterov ? g + momentum * v : v);
  }
  return next;
}
