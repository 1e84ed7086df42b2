/** Operands and sizes of a matrix product. */
import { show } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Options of `matmul()`. */
export interface MatmulOptions {
  /** Read `a` as its transpose. */
  transposeA?: boolean;
  /** Read `b` as its transpose. */
  transposeB?: boolean;
}

/** A matrix product that fits. */
export interface Product extends Required<MatmulOptions> {
  a: Tensor;
  b: Tensor;
  rows: number;
  cols: number;
  inner: number;
}

/** Checks that two matrices can be multiplied. */
export function productOf(a: Tensor, b: Tensor, options: MatmulOptions): Product {
  const { transposeA = false, transposeB = false } = options;
  const what = `Cannot multiply ${show(a.shape)}${transposeA ? "ᵀ" : ""} by ${show(b.shape)}${
    transposeB ? "ᵀ" : ""
  }`;
  if (a.shape.length !== 2 || b.shape.length !== 2) {
    throw new TypeError(`${what}: matmul takes two matrices; reshape() to two axes`);
  }
  const [rows, inner] = transposeA ? [a.shape[1], a.shape[0]] : a.shape;
  const [innerB, cols] = transposeB ? [b.shape[1], b.shape[0]] : b.shape;
  if (inner !== innerB) {
    throw new TypeError(`${what}: inner dimensions are ${inner} and ${innerB}; they must be equal`);
  }
  return { a, b, rows, cols, inner, transposeA, transposeB };
}

/** The name of a product's shape among the tuned tiles: `512x64 by 64x10`, with ᵀ at what is read transposed. */
export function matmulKey({ rows, cols, inner, transposeA, transposeB }: Product): string {
  return `${rows}x${inner}${transposeA ? "ᵀ" : ""} by ${inner}x${cols}${transposeB ? "ᵀ" : ""}`;
}
