/** What an op takes: tensors, of the types that it computes with. */
import { described } from "../base/choice.ts";
import { type DType, DTYPES } from "./dtype.ts";
import { show } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/** What a function was given under its names for them. */
type Operands = Readonly<Record<string, Tensor | undefined>>;

/**
 * Refuses what is no tensor, before anything asks for its shape.
 *
 * @param act What is taken, such as `add()` or `the cross-entropy`.
 * @param operands By the function's names for them.
 * @throws {TypeError} For the first that is none.
 */
export function checkTensors(act: string, operands: Operands): void {
  for (const [name, t] of Object.entries(operands)) {
    if (t != null && DTYPES.includes(t.dtype)) continue;
    throw new TypeError(`Cannot take ${act}: ${name} is ${described(t)}, and it must be a tensor`);
  }
}

/**
 * Refuses an array of tensors that is none, or holds something else.
 *
 * @throws {TypeError} For the first that is no tensor.
 */
export function checkTensorList(act: string, tensors: readonly Tensor[]): void {
  if (!Array.isArray(tensors)) {
    throw new TypeError(
      `Cannot take ${act}: tensors is ${described(tensors)}, and it must be an array of tensors`,
    );
  }
  checkTensors(act, Object.fromEntries(tensors.map((t, i) => [`tensors[${i}]`, t])));
}

/**
 * Refuses operands of another type than the one an op takes. Bits of one type read as the other are garbage, and no kernel
 * sees it.
 *
 * @param op The function's name.
 * @param dtype What it takes.
 * @param operands By the function's names for them.
 * @param optional Those that may be left out.
 * @throws {TypeError} For the first operand that is no tensor, or of another type.
 */
export function checkDType(
  op: string,
  dtype: DType,
  operands: Operands,
  optional: Operands = {},
): void {
  const given = Object.entries(optional).filter(([, t]) => t !== undefined);
  const all = { ...operands, ...Object.fromEntries(given) } as Record<string, Tensor>;
  checkTensors(`${op}()`, all);
  for (const [name, t] of Object.entries(all)) {
    if (t.dtype === dtype) continue;
    throw new TypeError(
      `Cannot take ${op}(): ${name} is ${t.dtype} ${
        show(t.shape)
      }, and it must be ${dtype}; cast(${name}, "${dtype}") converts it`,
    );
  }
}

/**
 * Refuses a tensor that has not one number for each channel or feature.
 *
 * @param what The act and its shape, for the message: "Cannot normalize [2, 3]".
 * @throws {TypeError} For another shape than `[length]`.
 */
export function checkLength(what: string, name: string, t: Tensor, length: number): void {
  if (t.shape.length === 1 && t.shape[0] === length) return;
  throw new TypeError(`${what}: ${name} is ${show(t.shape)}; it must be [${length}]`);
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
