/** Functions of one tensor, element by element. */
import gradSource from "../../kernels/unary_grad.wgsl" with { type: "text" };
import source from "../../kernels/unary.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { note } from "../tensor/tape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { elementOf, flat, launch } from "./launch.ts";

const kernel = new Kernel("unary", source);
const gradKernel = new Kernel("unary_grad", gradSource);

/** Numbers of the functions in `kernels/unary.wgsl`. */
const UNARY = {
  neg: 0,
  exp: 1,
  log: 2,
  sqrt: 3,
  abs: 4,
  sigmoid: 5,
  tanh: 6,
  relu: 7,
  leakyRelu: 8,
} as const;

function unary(name: keyof typeof UNARY, x: Tensor, slope = 0): Tensor {
  const y = empty(x.shape);
  const { Element, width } = elementOf(x.size);
  const constants = { Element, OP: UNARY[name] };
  const { params: { size, span }, threads } = flat(x.size / width);
  const params = { size, span, slope };
  launch(kernel, { constants, params, tensors: { x, y }, threads });
  return note(name, [x], y, (gradY) => {
    const gradX = empty(x.shape);
    launch(gradKernel, {
      constants,
      params,
      tensors: { x, y, grad_y: gradY, grad_x: gradX },
      threads,
    });
    return [gradX];
  });
}

/** `-x`. */
export function neg(x: Tensor): Tensor {
  return unary("neg", x);
}

/** `e ** x`. */
export function exp(x: Tensor): Tensor {
  return unary("exp", x);
}

/** The natural logarithm. */
export function log(x: Tensor): Tensor {
  return unary("log", x);
}

/** The square root. Its gradient at 0 is infinite: add a small number first. */
export function sqrt(x: Tensor): Tensor {
  return unary("sqrt", x);
}

/** The absolute value; its gradient at 0 is 0. */
export function abs(x: Tensor): Tensor {
  return unary("abs", x);
}

/** `1 / (1 + e ** -x)`. */
export function sigmoid(x: Tensor): Tensor {
  return unary("sigmoid", x);
}

/** The hyperbolic tangent. */
export function tanh(x: Tensor): Tensor {
  return unary("tanh", x);
}

/** `max(x, 0)`; a NaN stays one. */
export function relu(x: Tensor): Tensor {
  return unary("relu", x);
}

/** `x` where positive, `slope * x` elsewhere. */
export function leakyRelu(x: Tensor, options: { slope?: number } = {}): Tensor {
  return unary("leakyRelu", x, options.slope ?? 0.01);
}
