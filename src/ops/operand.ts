/** Operands that may be numbers. */
import type { Tensor } from "../tensor/tensor.ts";
import { full } from "./fill.ts";

/** A tensor, or a number that is the same for every element. */
export type Operand = Tensor | number;

/** The tensor that an operand is or stands for. */
export function operandOf(given: Operand): Tensor {
  return typeof given === "number" ? full([], given) : given;
}
