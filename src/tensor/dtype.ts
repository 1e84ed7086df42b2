/** Element types. */
import { type Shape, show } from "./shape.ts";

/** Element types. Labels and indices are `i32`. */
export type DType = "f32" | "i32";

/** All of them. */
export const DTYPES: readonly DType[] = ["f32", "i32"];

/**
 * Refuses a gradient of whole numbers.
 *
 * @throws {TypeError} For another type than `f32`.
 */
export function checkDifferentiable(shape: Shape, dtype: DType): void {
  if (dtype === "f32") return;
  throw new TypeError(
    `Cannot require a gradient of ${dtype} ${show(shape)}: only f32 has one; cast() it`,
  );
}
