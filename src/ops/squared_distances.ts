/** Distances between rows. */
import source from "../../kernels/squared_distances.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { checkDType } from "../tensor/operands.ts";
import { show } from "../tensor/shape.ts";
import { withGradient } from "../tensor/tape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { evaluateBinary } from "./binary_kernel.ts";
import { full } from "./fill.ts";
import { evaluateMatmul } from "./matmul.ts";
import { launch } from "./launch.ts";
import { sumMiddle } from "./reduce.ts";

const kernel = new Kernel("squared_distances", source);

/**
 * The squared Euclidean distance of every row of `x` to every row of `y`.
 *
 * @param x `[rows, dim]`.
 * @param y `[cols, dim]`.
 * @returns `[rows, cols]`.
 * @throws {TypeError} When the rows differ in length.
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

/** d/dx_i of sum_ij g_ij |x_i - y_j|^2 = 2 (x_i sum_j g_ij - sum_j g_ij y_j); for `y`, with g transposed. */
function pull(g: Tensor, own: Tensor, other: Tensor, transposed: boolean): Tensor {
  const [rows, cols] = g.shape;
  const sums = transposed ? sumMiddle(g, 1, rows, cols) : sumMiddle(g, rows, cols, 1);
  const column = sums.alias([own.shape[0], 1]);
  const attraction = evaluateBinary("mul", own, column);
  const products = evaluateMatmul(g, other, { transposeA: transposed });
  const difference = evaluateBinary("sub", attraction, products);
  const two = full([], 2);
  const grad = evaluateBinary("mul", difference, two);
  for (const t of [sums, column, attraction, products, difference, two]) t.dispose();
  return grad;
}
