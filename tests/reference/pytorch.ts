import ops from "../fixtures/ops.json" with { type: "json" };
import { type Array64, array64 } from "../../src/reference/array64.ts";
import { transpose } from "../../src/reference/transpose.ts";

/** A tensor as the fixtures store it, in PyTorch's layout. */
export interface Stored {
  shape: number[];
  dtype: string;
  data: number[];
}

/** One case of ops.json, see the README of the fixtures for what `more` there is. */
export interface Case {
  op: string;
  // deno-lint-ignore no-explicit-any
  attrs: any;
  inputs: Record<string, Stored>;
  output: Stored;
  cotangent: Stored;
  grads: Record<string, Stored>;
  // deno-lint-ignore no-explicit-any
  [more: string]: any;
}

/** All cases of ops.json. */
export const cases = ops.cases as unknown as Case[];

/** A stored tensor in our layout: NCHW to NHWC, OIHW to [kh, kw, in, out], [out, in] to [in, out]. */
export function stored(name: string, { shape, data }: Stored): Array64 {
  const tensor = array64(shape, data);
  if (shape.length === 4) return transpose(tensor, name === "weight" ? [2, 3, 1, 0] : [0, 2, 3, 1]);
  return shape.length === 2 && name === "weight" ? transpose(tensor, [1, 0]) : tensor;
}

/** The same for what PyTorch was given: the nine digits of the file name one float32. */
export function given(name: string, tensor: Stored): Array64 {
  const { shape, data } = stored(name, tensor);
  return array64(shape, data.map(Math.fround));
}
