/** A kernel on a shape with operands to run it on, and elements of its result in float64. */
import { geometryOf } from "../ops/conv2d_geometry.ts";
import { evaluateMatmul } from "../ops/matmul.ts";
import { productOf, type ProductSizes } from "../ops/matmul_sizes.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { CONVOLUTIONS } from "./convolution_problem.ts";
import { drawn, type Operand } from "./operand.ts";
import { type Dot, dot } from "./samples.ts";
import type { Use } from "./use.ts";

/** What is computed, from what, and what comes out. */
export interface Problem {
  inputs: readonly [Operand, Operand];
  /** Everything the kernel writes; {@linkcode Problem.expected} is about the first. */
  op(a: Tensor, b: Tensor): Tensor[];
  /** The element at a place of the first result, on the CPU. */
  expected(place: number): Dot;
}

/**
 * The problem of a kernel and a shape, with the same operands in every run.
 *
 * @throws {TypeError} When the shape has no such name.
 */
export function problemOf({ kernel, shape }: Use): Problem {
  if (kernel === "matmul") {
    const product = productOf(shape);
    if (product) return productProblem(product);
  } else {
    const g = geometryOf(shape);
    if (g) return CONVOLUTIONS[kernel](g);
  }
  throw new TypeError(`Cannot run ${kernel} on "${shape}": no such shape`);
}

function productProblem({ rows, inner, cols, transposeA, transposeB }: ProductSizes): Problem {
  const a = drawn(transposeA ? [inner, rows] : [rows, inner], 0);
  const b = drawn(transposeB ? [cols, inner] : [inner, cols], 1);
  return {
    inputs: [a, b],
    op: (a, b) => [evaluateMatmul(a, b, { transposeA, transposeB })],
    expected: (place) => {
      const row = Math.floor(place / cols), col = place % cols;
      return dot(
        inner,
        (k) => a.data[transposeA ? k * rows + row : row * inner + k],
        (k) => b.data[transposeB ? col * inner + k : k * cols + col],
      );
    },
  };
}
