/** Matrix products of tensors with batch axes. */
import source from "../../kernels/batch_matmul.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import {
  broadcastShape,
  broadcastStrides,
  collapse,
  type Shape,
  show,
  sizeOf,
  stridesOf,
} from "../tensor/shape.ts";
import { withGradient } from "../tensor/tape.ts";
import { ALIGNMENT, empty, type Tensor } from "../tensor/tensor.ts";
import { copyBox } from "./copy.ts";
import { launch } from "./launch.ts";
import { reshape } from "./layout.ts";
import type { MatmulOptions } from "./matmul_sizes.ts";
import { sumTo } from "./reduce.ts";

const kernel = new Kernel("batch_matmul", source);

/** Multiply-adds of one product from which the kernel for a single one is faster than 4 x 4 elements a thread. */
const LARGE_PRODUCT = 64 ** 3;
/** Longer sums are left to it, too: it makes parts of those that are longer than a thread's loops may be. */
const LONGEST = 4096;

/** The product of two matrices. */
export type Multiply = (a: Tensor, b: Tensor, options: MatmulOptions) => Tensor;

/** Sizes of the products, and where each operand's matrices are. */
function sizesOf(a: Tensor, b: Tensor, options: MatmulOptions) {
  const { transposeA = false, transposeB = false } = options;
  const what = `Cannot multiply ${show(a.shape)}${transposeA ? "ᵀ" : ""} by ${show(b.shape)}${
    transposeB ? "ᵀ" : ""
  }`;
  if (a.shape.length < 2 || b.shape.length < 2) {
    throw new TypeError(`${what}: matmul takes matrices, [..., rows, columns]; reshape() a vector`);
  }
  const [m, n] = a.shape.slice(-2), [k, l] = b.shape.slice(-2);
  const [rows, inner] = transposeA ? [n, m] : [m, n], [innerB, cols] = transposeB ? [l, k] : [k, l];
  if (inner !== innerB) {
    throw new TypeError(`${what}: inner dimensions are ${inner} and ${innerB}; they must be equal`);
  }
  const [left, right] = [a, b].map((t) => t.shape.slice(0, -2));
  const batch = broadcastShape("multiply matrices along the batch axes", left, right);
  const strides = [left, right].map((shape, i) =>
    broadcastStrides(shape, batch).map((n) => n * (i === 0 ? rows * inner : inner * cols))
  );
  return { batch, rows, cols, inner, strides, transposeA, transposeB };
}

/** All products; no gradient. */
function evaluate(a: Tensor, b: Tensor, options: MatmulOptions, multiply: Multiply): Tensor {
  const sizes = sizesOf(a, b, options);
  const { batch, rows, cols, inner } = sizes;
  const product = empty([...batch, rows, cols]);
  const large = rows * cols * inner >= LARGE_PRODUCT || inner > LONGEST;
  if (large) oneByOne(product, a, b, sizes, multiply);
  else allAtOnce(product, a, b, sizes);
  return product;
}

type Sizes = ReturnType<typeof sizesOf>;

function allAtOnce(product: Tensor, a: Tensor, b: Tensor, sizes: Sizes): void {
  const { batch, rows, cols, inner, strides, transposeA, transposeB } = sizes;
  const box = collapse(batch, strides), count = sizeOf(batch);
  const [strides_a, strides_b] = box.strides;
  launch(kernel, {
    constants: { RANK: box.shape.length, TRANSPOSE_A: transposeA, TRANSPOSE_B: transposeB },
    params: { shape: box.shape, strides_a, strides_b, batch: count, rows, cols, inner },
    tensors: { a, b, product },
    threads: count * Math.ceil(rows / 4) * Math.ceil(cols / 4),
    cost: { flops: 2 * count * rows * cols * inner },
  });
}

function oneByOne(
  product: Tensor,
  a: Tensor,
  b: Tensor,
  sizes: Sizes,
  multiply: Multiply,
): void {
  const { batch, rows, cols, strides, transposeA, transposeB } = sizes;
  const steps = stridesOf(batch);
  for (let n = 0; n < sizeOf(batch); n++) {
    const index = batch.map((length, axis) => Math.floor(n / steps[axis]) % length);
    const [left, right] = [a, b].map((t, i) =>
      matrixOf(t, index.reduce((sum, at, axis) => sum + at * strides[i][axis], 0))
    );
    const y = multiply(left, right, { transposeA, transposeB });
    const lying = { strides: [cols, 1] };
    copyBox([rows, cols], { tensor: y, ...lying }, {
      tensor: product,
      ...lying,
      offset: n * rows * cols,
    });
    for (const t of [left, right, y]) t.dispose();
  }
}

/** The matrix of `t` that begins at an element: on its memory where any adapter can bind that place, else a copy. */
function matrixOf(t: Tensor, first: number): Tensor {
  const shape = t.shape.slice(-2);
  if (first % ALIGNMENT === 0) return t.alias(shape, first);
  const matrix = empty(shape), strides = stridesOf(shape);
  copyBox(shape, { tensor: t, strides, offset: first }, { tensor: matrix, strides });
  return matrix;
}

/**
 * `matmul()` of operands with batch axes.
 *
 * @param matmul Of two matrices, with a gradient.
 * @param multiply The same, without one.
 */
export function batchMatmul(
  a: Tensor,
  b: Tensor,
  options: MatmulOptions,
  matmul: Multiply,
  multiply: Multiply,
): Tensor {
  const { transposeA = false, transposeB = false } = options;
  const { batch, rows, cols } = sizesOf(a, b, options);
  // One matrix on the right for all: their rows are those of one large matrix.
  if (b.shape.length === 2 && !transposeA) {
    const flat: Shape = [sizeOf(batch) * rows, a.shape.at(-1)!];
    return reshape(matmul(reshape(a, flat), b, options), [...batch, rows, cols]);
  }
  const product = (a: Tensor, b: Tensor, options: MatmulOptions, shape: Shape) =>
    sumTo(evaluate(a, b, options, multiply), shape);
  // As for two matrices: dA = G Bᵀ and dB = Aᵀ G, summed over the axes along which a matrix was repeated.
  return withGradient("matmul", [a, b], evaluate(a, b, options, multiply), (g) => [
    !a.requiresGrad
      ? undefined
      : transposeA
      ? product(b, g, { transposeA: transposeB, transposeB: true }, a.shape)
      : product(g, b, { transposeB: !transposeB }, a.shape),
    !b.requiresGrad
      ? undefined
      : transposeB
      ? product(g, a, { transposeA: true, transposeB: transposeA }, b.shape)
      : product(a, g, { transposeA: !transposeA }, b.shape),
  ]);
}
