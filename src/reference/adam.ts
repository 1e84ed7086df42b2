import { type Array64, zeros } from "./array64.ts";

/** Hyperparameters of one step; defaults 0.9, 0.999, 1e-8 and 0 are PyTorch's. */
export interface AdamOptions {
  lr: number;
  beta1?: number;
  beta2?: number;
  eps?: number;
  weightDecay?: number;
  /** AdamW: the decay goes past the moments. */
  decoupled?: boolean;
}

/** Running moments of the gradient, of the parameter's shape, and the number of steps taken. */
export interface AdamState {
  mean: Array64;
  square: Array64;
  step: number;
}

/** The state before the first step: zeros. */
export function adamState(shape: readonly number[]): AdamState {
  return { mean: zeros(shape), square: zeros(shape), step: 0 };
}

/**
 * One step of Adam (Kingma and Ba 2015, Alg. 1) as PyTorch has it, weight decay added to the gradient. Decoupled, as in
 * AdamW (Loshchilov and Hutter 2019), it is taken from the parameter: p <- (1 - lr weightDecay) p before the rest. Returns
 * new values, the arguments stay as they are.
 *
 *     g <- gradient + weightDecay p          t <- t + 1
 *     m <- beta1 m + (1 - beta1) g           v <- beta2 v + (1 - beta2) g^2
 *     p <- p - lr (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + eps)
 */
export function adam(
  parameter: Array64,
  gradient: Array64,
  state: AdamState,
  { lr, beta1 = 0.9, beta2 = 0.999, eps = 1e-8, weightDecay = 0, decoupled = false }: AdamOptions,
): { parameter: Array64; state: AdamState } {
  const next = adamState(parameter.shape);
  const moved = zeros(parameter.shape);
  next.step = state.step + 1;
  for (let i = 0; i < parameter.data.length; i++) {
    const p = parameter.data[i];
    const g = gradient.data[i] + (decoupled ? 0 : weightDecay * p);
    const m = beta1 * state.mean.data[i] + (1 - beta1) * g;
    const v = beta2 * state.square.data[i] + (1 - beta2) * g * g;
    const correctedM = m / (1 - beta1 ** next.step);
    const correctedV = v / (1 - beta2 ** next.step);
    next.mean.data[i] = m;
    next.square.data[i] = v;
    const kept = decoupled ? (1 - lr * weightDecay) * p : p;
    moved.data[i] = kept - lr * correctedM / (Math.sqrt(correctedV) + eps);
  }
  return { parameter: moved, state: next };
}
