/** Operands and sizes of a matrix product. */
import { show } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { ProductSizes } from "./matmul_key.ts";

/** Options of `matmul()`. */
export interface MatmulOptions {
  /** Read `a` as its transpose. */
  transposeA?: boolean;
  /** Read `b` as its transpose. */
  transposeB?: boolean;
}

/** A matrix product that fits. */
export interface Product extends ProductSizes {
  a: Tensor;
  b: Tensor;
}

/** Checks that two matrices can be multiplied. */
export function checkedProduct(a: Tensor, b: Tensor, options: MatmulOptions): Product {
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
