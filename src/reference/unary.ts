import type { UnaryName } from "../ops/elementwise.ts";
import { type Array64, array64 } from "./array64.ts";

/** Options of the functions that have any. */
export interface UnaryOptions {
  /** Of `leakyRelu`, for x <= 0. Default 0.01. */
  slope?: number;
  /** Bounds of `clamp`. Default -1 and 1. */
  min?: number;
  max?: number;
}

type Function1 = (x: number, options: Required<UnaryOptions>) => number;

const DEFAULTS = { slope: 0.01, min: -1, max: 1 };

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/**
 * Value and derivative of each; where there is none, PyTorch's: abs'(0) = relu'(0) = 0, leakyRelu'(0) = slope,
 * clamp'(min) = clamp'(max) = 1. At a NaN both are NaN, but for neg, whose derivative is -1 everywhere.
 */
const rules = {
  neg: { value: (x) => -x, derivative: () => -1 },
  exp: { value: Math.exp, derivative: Math.exp },
  log: { value: Math.log, derivative: (x) => 1 / x },
  sqrt: { value: Math.sqrt, derivative: (x) => 1 / (2 * Math.sqrt(x)) },
  abs: { value: Math.abs, derivative: Math.sign },
  square: { value: (x) => x * x, derivative: (x) => 2 * x },
  sigmoid: { value: sigmoid, derivative: (x) => sigmoid(x) * sigmoid(-x) },
  tanh: { value: Math.tanh, derivative: (x) => Math.cosh(x) ** -2 },
  relu: { value: (x) => x < 0 ? 0 : x, derivative: (x) => x > 0 ? 1 : 0 },
  leakyRelu: {
    value: (x, { slope }) => x > 0 ? x : slope * x,
    derivative: (x, { slope }) => x > 0 ? 1 : slope,
  },
  sin: { value: Math.sin, derivative: Math.cos },
  cos: { value: Math.cos, derivative: (x) => -Math.sin(x) },
  acos: { value: Math.acos, derivative: (x) => -1 / Math.sqrt((1 - x) * (1 + x)) },
  clamp: {
    value: (x, { min, max }) => Math.min(Math.max(x, min), max),
    derivative: (x, { min, max }) => x >= min && x <= max ? 1 : 0,
  },
} satisfies Record<UnaryName, { value: Function1; derivative: Function1 }>;

/** `y = f(x)`, element by element; y has the shape of x. */
export function unary(name: UnaryName, x: Array64, options: UnaryOptions = {}): Array64 {
  const { value } = rules[name];
  return array64(x.shape, x.data.map((v) => value(v, { ...DEFAULTS, ...options })));
}

/** `dx = grad f'(x)`, element by element. */
export function unaryBackward(
  name: UnaryName,
  grad: Array64,
  x: Array64,
  options: UnaryOptions = {},
): Array64 {
  const { derivative } = rules[name];
  const at = (v: number) =>
    Number.isNaN(v) && name !== "neg" ? NaN : derivative(v, { ...DEFAULTS, ...options });
  // Where relu and clamp let nothing through, an infinite gradient does not go either.
  const shuts = name === "relu" || name === "clamp";
  const times = (g: number, slope: number) => shuts && slope === 0 ? 0 : g * slope;
  return array64(x.shape, grad.data.map((g, i) => times(g, at(x.data[i]))));
}
