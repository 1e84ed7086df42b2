/** The kernel behind the functions of two elements; no gradients here. */
import source from "../../kernels/binary.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { checkDType } from "../tensor/operands.ts";
import { broadcastShape, broadcastStrides, collapse, sizeOf, stridesOf } from "../tensor/shape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { BINARY, type BinaryName, withNumbers } from "./elementwise.ts";
import { elementOf, flat, launch } from "./launch.ts";

const NAMES = Object.keys(BINARY);
const kernel = new Kernel("binary", withNumbers(NAMES, source));

/** How a kernel finds its operands: as the result lies, four at once where that goes, or by strides. */
function walk(a: Tensor, b: Tensor, shape: readonly number[]) {
  const strides = [
    broadcastStrides(a.shape, shape),
    broadcastStrides(b.shape, shape),
    stridesOf(shape),
  ];
  const box = collapse(shape, strides);
  const size = sizeOf(shape), alike = a.size === size && b.size === size;
  const { Element, width } = elementOf(alike ? size : 1);
  const { params, threads } = flat(size / width);
  const [strides_a, strides_b] = box.strides;
  return {
    constants: { Element, RANK: alike ? 0 : box.shape.length },
    params: { ...params, shape: box.shape, strides_a, strides_b },
    threads,
  };
}

/**
 * `f(a, b)` with broadcasting.
 *
 * @throws {TypeError} When the shapes do not broadcast, or an operand is no `f32`.
 */
export function evaluateBinary(name: BinaryName, a: Tensor, b: Tensor): Tensor {
  checkDType(name, "f32", { a, b });
  const y = empty(broadcastShape(name, a.shape, b.shape));
  const { constants, params, threads } = walk(a, b, y.shape);
  launch(kernel, {
    constants: { ...constants, OP: NAMES.indexOf(name), GRADIENT: 0 },
    params,
    tensors: { a, b, grad_y: undefined, result: y },
    threads,
  });
  return y;
}

/** `grad_y * df/da` (or `df/db`) in the broadcast shape. */
export function evaluateBinaryGrad(
  name: BinaryName,
  a: Tensor,
  b: Tensor,
  gradY: Tensor,
  second: boolean,
): Tensor {
  const grad = empty(gradY.shape);
  const { constants, params, threads } = walk(a, b, gradY.shape);
  launch(kernel, {
    constants: { ...constants, OP: NAMES.indexOf(name), GRADIENT: second ? 2 : 1 },
    params,
    tensors: { a, b, grad_y: gradY, result: grad },
    threads,
  });
  return grad;
}
