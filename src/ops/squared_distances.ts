/** Distances between rows. */
import gradSource from "../../kernels/squared_distances_grad.wgsl" with { type: "text" };
import source from "../../kernels/squared_distances.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { checkDType } from "../tensor/operands.ts";
import { show } from "../tensor/shape.ts";
import { withGradient } from "../tensor/tape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { launch } from "./launch.ts";

const kernel = new Kernel("squared_distances", source);
const gradKernel = new Kernel("squared_distances_grad", gradSource);

/**
 * The squared Euclidean distance of every row of `x` to every row of `y`.
 *
 * @param x `[rows, dim]`.
 * @param y `[cols, dim]`.
 * @returns `[rows, cols]`.
 * @throws {TypeError} When the rows differ in length.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, squaredDistances, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const centers = tensor([[0, 0], [3, 0]]);
 * assertEquals([...await squaredDistances(tensor([[0, 4]]), centers).read()], [16, 25]);
 * ```
 */
export function squaredDistances(x: Tensor, y: Tensor): Tensor {
  checkDType("squaredDistances", "f32", { x, y });
  if (x.shape.length !== 2 || y.shape.length !== 2 || x.shape[1] !== y.shape[1]) {
    throw new TypeError(
      `Cannot take distances between the rows of ${show(x.shape)} and ${
        show(y.shape)
      }: both must be matrices with ` +
        "rows of one length",
    );
  }
  const [rows, dim] = x.shape, cols = y.shape[0];
  const distances = empty([rows, cols]);
  launch(kernel, {
    params: { rows, cols, dim },
    tensors: { x, y, distances },
    threads: distances.size,
    passes: dim,
    cost: { flops: 3 * rows * cols * dim },
  });
  return withGradient("squaredDistances", [x, y], distances, (g) => [
    x.requiresGrad ? pull(g, x, y, false) : undefined,
    y.requiresGrad ? pull(g, y, x, true) : undefined,
  ]);
}

/** d/dx_i of sum_ij g_ij |x_i - y_j|^2 = 2 sum_j g_ij (x_i - y_j); for `y`, with g transposed. */
function pull(gradient: Tensor, own: Tensor, other: Tensor, transposed: boolean): Tensor {
  const [rows, dim] = own.shape, cols = other.shape[0];
  const grad = empty([rows, dim]);
  launch(gradKernel, {
    constants: { TRANSPOSED: transposed },
    params: { rows, cols, dim },
    tensors: { gradient, own, other, grad },
    threads: grad.size,
    passes: cols,
    cost: { flops: 3 * rows * cols * dim },
  });
  return grad;
}
