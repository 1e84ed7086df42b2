/** Operands that may be numbers. */
import type { Tensor } from "../tensor/tensor.ts";
import { full } from "./fill.ts";

/** A tensor, or a number that is the same for every element. */
export type Operand = Tensor | number;

/** Those of the tensors that stand for numbers. */
export function madeOf(given: readonly Operand[], tensors: readonly Tensor[]): Tensor[] {
  return tensors.filter((_, i) => typeof given[i] === "number");
}

/** The tensor that an operand is or stands for. */
export function operandOf(given: Operand): Tensor {
  return typeof given === "number" ? full([], given) : given;
}
