/** Sizes of matrix products: of operands, and by their names among the tuned tiles. */
import { show } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Options of `matmul()`. */
export interface MatmulOptions {
  /** Read `a` as its transpose. Default: false. */
  transposeA?: boolean;
  /** Read `b` as its transpose. Default: false. */
  transposeB?: boolean;
}

/** Sizes of a product, as they are multiplied, and which operands are stored as their transposes. */
export interface ProductSizes {
  rows: number;
  inner: number;
  cols: number;
  transposeA: boolean;
  transposeB: boolean;
}

/** The operands of a product that fits, and its sizes. */
export interface Product extends ProductSizes {
  a: Tensor;
  b: Tensor;
}

/**
 * The product of two matrices, or of those along the last two axes.
 *
 * @throws {TypeError} When the operands are none, or their inner dimensions differ.
 */
export function checkedProduct(a: Tensor, b: Tensor, options: MatmulOptions): Product {
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
  return { a, b, rows, cols, inner, transposeA, transposeB };
}

const KEY = /^(\d+)x(\d+)(T?) by (\d+)x(\d+)(T?)$/;

/** The name of a product's shape: `64x512 by 512x10`, with a `T` after an operand that is stored as its transpose. */
export function matmulKey({ rows, inner, cols, transposeA, transposeB }: ProductSizes): string {
  return `${rows}x${inner}${transposeA ? "T" : ""} by ${inner}x${cols}${transposeB ? "T" : ""}`;
}

/** The product of that name; undefined for what is no such name. */
export function productOf(key: string): ProductSizes | undefined {
  const [, rows, inner, a, same, cols, b] = KEY.exec(key) ?? [];
  if (rows === undefined || inner !== same) return undefined;
  const product = { rows: Number(rows), inner: Number(inner), cols: Number(cols) };
  if (Object.values(product).includes(0)) return undefined;
  return { ...product, transposeA: a === "T", transposeB: b === "T" };
}
