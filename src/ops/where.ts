/** Elements of one tensor or of another, by a condition. */
import source from "../../kernels/where.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { checkDType, checkTensors, commonDType } from "../tensor/operands.ts";
import { broadcastShape, broadcastStrides, collapse, stridesOf } from "../tensor/shape.ts";
import { withGradient } from "../tensor/tape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { lettingGo } from "./letting_go.ts";
import { madeOf, type Operand, operandOf } from "./operand.ts";
import { zeros } from "./fill.ts";
import { launch } from "./launch.ts";
import { sumTo } from "./reduce.ts";

const kernel = new Kernel("where", source);

/** `a` where the condition is not 0, `b` elsewhere; no gradient. */
export function chosen(condition: Tensor, a: Tensor, b: Tensor): Tensor {
  const dtype = commonDType("where", [a, b]);
  const shape = broadcastShape(
    "choose between",
    broadcastShape("choose between", condition.shape, a.shape),
    b.shape,
  );
  const box = collapse(shape, [
    ...[condition, a, b].map((t) => broadcastStrides(t.shape, shape)),
    stridesOf(shape),
  ]);
  const [strides_condition, strides_a, strides_b] = box.strides;
  const y = empty(shape, dtype);
  launch(kernel, {
    constants: { RANK: box.shape.length },
    params: { shape: box.shape, strides_condition, strides_a, strides_b, size: y.size },
    tensors: { condition, a, b, y },
    threads: y.size,
  });
  return y;
}

/**
 * `a` where the condition holds, `b` elsewhere, with broadcasting by NumPy's rule. What is not taken leaves no trace, a NaN
 * there neither, and its gradient is 0. (Where it was computed by a function with an infinite slope, as the logarithm has at
 * 0, that function makes 0 times infinity, NaN, of it: bound its argument, too.)
 *
 * @param condition `f32`, as {@linkcode greater} and its like give it: anything but 0 holds. It has no gradient.
 * @param a A tensor of either type, or a number.
 * @param b Of the same type.
 * @throws {TypeError} When the shapes do not broadcast, or the types do not fit.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { greater, log, maximum, openGpu, tensor, where } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const x = tensor([-1, 1]);
 * assertEquals([...await where(greater(x, 0), log(maximum(x, 1e-6)), -100).read()], [-100, 0]);
 * ```
 */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  checkDType("where", "f32", { condition });
  const first = operandOf(a), second = operandOf(b);
  checkTensors("where()", { a: first, b: second });
  const y = chosen(condition, first, second);
  const result = withGradient("where", [first, second], y, (g) => {
    const zero = zeros([]);
    const gradients = [
      first.requiresGrad ? sumTo(chosen(condition, g, zero), first.shape) : undefined,
      second.requiresGrad ? sumTo(chosen(condition, zero, g), second.shape) : undefined,
    ];
    zero.dispose();
    return gradients;
  }, [condition]);
  return lettingGo(result, ...madeOf([a, b], [first, second]));
}
