/** Element types, and which op takes which. */
import { described } from "./nested.ts";
import { show } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/** Element types. Labels and indices are `i32`. */
export type DType = "f32" | "i32";

/** All of them. */
export const DTYPES: readonly DType[] = ["f32", "i32"];

/**
 * Refuses operands of another type than the one an op takes. Bits of one type read as the other are garbage, and no kernel
 * sees it.
 *
 * @param op The function's name.
 * @param dtype What it takes.
 * @param operands By the function's names for them; those that are not given are left out.
 * @throws {TypeError} For the first operand of another type.
 */
export function checkDType(
  op: string,
  dtype: DType,
  operands: Readonly<Record<string, Tensor | undefined>>,
): void {
  for (const [name, t] of Object.entries(operands)) {
    if (t === undefined || t?.dtype === dtype) continue;
    if (!DTYPES.includes(t?.dtype)) {
      throw new TypeError(
        `Cannot take ${op}(): ${name} is ${described(t)}, and it must be a tensor`,
      );
    }
    throw new TypeError(
      `Cannot take ${op}(): ${name} is ${t.dtype} ${
        show(t.shape)
      }, and it must be ${dtype}; cast(${name}, "${dtype}") converts it`,
    );
  }
}

/**
 * The one type of several operands, for ops that take either.
 *
 * @throws {TypeError} When they differ.
 */
export function commonDType(op: string, operands: readonly Tensor[]): DType {
  const [{ dtype }] = operands;
  const other = operands.find((t) => t.dtype !== dtype);
  if (!other) return dtype;
  throw new TypeError(
    `Cannot take ${op}() of ${dtype} and ${other.dtype}: all must be of one type; cast() converts`,
  );
}
