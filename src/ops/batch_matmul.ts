/** Matrix products of tensors with batch axes. */
import source from "../../kernels/batch_matmul.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import {
  broadcastShape,
  broadcastStrides,
  collapse,
  type Shape,
  sizeOf,
  stridesOf,
} from "../tensor/shape.ts";
import { withGradient } from "../tensor/tape.ts";
import { ALIGNMENT, empty, type Tensor } from "../tensor/tensor.ts";
import { copyBox } from "./copy.ts";
import { launch } from "./launch.ts";
import { reshape } from "./layout.ts";
import { lettingGo } from "./letting_go.ts";
import { matmulGrads } from "./matmul_grads.ts";
import { checkedProduct, type MatmulOptions } from "./matmul_sizes.ts";
import { sumTo } from "./reduce.ts";

const kernel = new Kernel("batch_matmul", source);

/** Products of so many multiply-adds are faster one by one, by the kernel of a single product, than by this one. */
const LARGE_PRODUCT = 64 ** 3;
/** Longer sums are left to it, too: it makes parts of those that are longer than a thread's loops may be. */
const LONGEST = 4096;

/** The product of two matrices. */
export type Multiply = (a: Tensor, b: Tensor, options: MatmulOptions) => Tensor;

/** Sizes of the products, and where each operand's matrices are. */
function sizesOf(a: Tensor, b: Tensor, options: MatmulOptions) {
  const product = checkedProduct(a, b, options);
  const [left, right] = [a, b].map((t) => t.shape.slice(0, -2));
  const batch = broadcastShape("multiply matrices along the batch axes", left, right);
  const strides = [left, right].map((shape, i) =>
    broadcastStrides(shape, batch).map((n) => n * sizeOf([a, b][i].shape.slice(-2)))
  );
  return { ...product, batch, strides };
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
    const lying = { tensor: product, strides: [cols, 1], offset: n * rows * cols };
    copyBox([rows, cols], { tensor: y }, lying);
    for (const t of [left, right, y]) t.dispose();
  }
}

/** The matrix of `t` that begins at an element: on its memory where any adapter can bind that place, else a copy. */
function matrixOf(t: Tensor, first: number): Tensor {
  const shape = t.shape.slice(-2);
  if (first % ALIGNMENT === 0) return t.alias(shape, first);
  const matrix = empty(shape);
  copyBox(shape, { tensor: t, strides: stridesOf(shape), offset: first }, { tensor: matrix });
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
  const { batch, rows, cols, transposeA } = sizesOf(a, b, options);
  // One matrix on the right for all: their rows are those of one large matrix.
  if (b.shape.length === 2 && !transposeA) {
    const flat: Shape = [sizeOf(batch) * rows, a.shape.at(-1)!];
    const matrix = reshape(a, flat), product = matmul(matrix, b, options);
    return lettingGo(reshape(product, [...batch, rows, cols]), matrix, product);
  }
  // As for two matrices, summed over the axes along which a matrix was repeated.
  return withGradient(
    "matmul",
    [a, b],
    evaluate(a, b, options, multiply),
    (g) =>
      matmulGrads(
        [a, b],
        g,
        options,
        (a, b, options, { shape }) => sumTo(evaluate(a, b, options, multiply), shape),
      ),
  );
}
