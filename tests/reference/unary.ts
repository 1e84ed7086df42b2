import { type Array64, array64 } from "./array64.ts";

/** The elementwise functions of one argument. */
export type UnaryName =
  | "neg"
  | "exp"
  | "log"
  | "sqrt"
  | "abs"
  | "square"
  | "sigmoid"
  | "tanh"
  | "relu"
  | "leakyRelu";

/** Options of the functions that have any. */
export interface UnaryOptions {
  /** Of `leakyRelu`, for x <= 0. Default 0.01. */
  slope?: number;
}

interface Rule {
  value: (x: number, slope: number) => number;
  derivative: (x: number, slope: number) => number;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Value and derivative of each; where there is none, PyTorch's: abs'(0) = relu'(0) = 0, leakyRelu'(0) = slope. */
const rules: Record<UnaryName, Rule> = {
  neg: { value: (x) => -x, derivative: () => -1 },
  exp: { value: Math.exp, derivative: Math.exp },
  log: { value: Math.log, derivative: (x) => 1 / x },
  sqrt: { value: Math.sqrt, derivative: (x) => 1 / (2 * Math.sqrt(x)) },
  abs: { value: Math.abs, derivative: Math.sign },
  square: { value: (x) => x * x, derivative: (x) => 2 * x },
  sigmoid: { value: sigmoid, derivative: (x) => sigmoid(x) * (1 - sigmoid(x)) },
  tanh: { value: Math.tanh, derivative: (x) => 1 - Math.tanh(x) ** 2 },
  relu: { value: (x) => x > 0 ? x : 0, derivative: (x) => x > 0 ? 1 : 0 },
  leakyRelu: {
    value: (x, slope) => x > 0 ? x : slope * x,
    derivative: (x, slope) => x > 0 ? 1 : slope,
  },
};

/** `y = f(x)`, element by element; y has the shape of x. */
export function unary(name: UnaryName, x: Array64, { slope = 0.01 }: UnaryOptions = {}): Array64 {
  return array64(x.shape, x.data.map((value) => rules[name].value(value, slope)));
}

/** `dx = grad f'(x)`, element by element. */
export function unaryBackward(
  name: UnaryName,
  grad: Array64,
  x: Array64,
  { slope = 0.01 }: UnaryOptions = {},
): Array64 {
  const { derivative } = rules[name];
  return array64(x.shape, grad.data.map((g, i) => g * derivative(x.data[i], slope)));
}
