/** The name of a matrix product's shape among the tuned tiles. */

/** Sizes of a product, as they are multiplied, and which operands are stored as their transposes. */
export interface ProductSizes {
  rows: number;
  inner: number;
  cols: number;
  transposeA: boolean;
  transposeB: boolean;
}

const KEY = /^(\d+)x(\d+)(T?) by (\d+)x(\d+)(T?)$/;

/** `64x512 by 512x10`; a `T` stands after an operand that is stored as its transpose. */
export function matmulKey(
  { rows, inner, cols, transposeA, transposeB }: ProductSizes,
): string {
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
