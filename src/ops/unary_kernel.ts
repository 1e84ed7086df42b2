/** The kernel behind the functions of one element. */
import source from "../../kernels/unary.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { checkDType } from "../tensor/operands.ts";
import { withGradient } from "../tensor/tape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { UNARY, type UnaryName, withNumbers } from "./elementwise.ts";
import { elementOf, flat, launch } from "./launch.ts";

const kernel = new Kernel("unary", withNumbers(UNARY, source));

/** Numbers that some of the functions take. */
interface Settings {
  slope?: number;
  low?: number;
  high?: number;
}

/** `f(x)` without a gradient, and what its gradient is launched with. */
function launched(name: UnaryName, x: Tensor, { slope = 0, low = 0, high = 0 }: Settings) {
  checkDType(name, "f32", { x });
  const y = empty(x.shape);
  const { Element, width } = elementOf(x.size);
  const { params, threads } = flat(x.size / width);
  const common = {
    params: { ...params, slope, low, high },
    threads,
  };
  const constants = { Element, OP: UNARY.indexOf(name), GRADIENT: false };
  launch(kernel, {
    ...common,
    constants,
    tensors: { x, y: undefined, grad_y: undefined, result: y },
  });
  return { y, gradient: { ...common, constants: { ...constants, GRADIENT: true } } };
}

/** `f(x)`; no gradient. */
export function evaluateUnary(name: UnaryName, x: Tensor): Tensor {
  return launched(name, x, {}).y;
}

/** `f(x)` with a gradient. */
export function unary(name: UnaryName, x: Tensor, settings: Settings = {}): Tensor {
  const { y, gradient } = launched(name, x, settings);
  return withGradient(name, [x], y, (gradY) => {
    const gradX = empty(x.shape);
    launch(kernel, { ...gradient, tensors: { x, y, grad_y: gradY, result: gradX } });
    return [gradX];
  });
}
