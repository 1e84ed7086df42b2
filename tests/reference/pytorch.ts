import ops from "../fixtures/ops.json" with { type: "json" };
import optimizers from "../fixtures/optimizers.json" with { type: "json" };
import { type Array64, array64 } from "../../src/reference/array64.ts";
import type { OpCase, StoredTensor } from "../parity/format.ts";
import { transpose } from "../../src/reference/transpose.ts";

/** All cases of ops.json. */
export const cases = ops.cases as unknown as OpCase[];

/** Paths of a parameter, of ops.json and optimizers.json. */
export const paths = [...cases, ...optimizers.cases as unknown as OpCase[]].filter(({ op }) =>
  ["sgd", "adam"].includes(op)
);

/** A stored tensor in our layout: NCHW to NHWC, OIHW to [kh, kw, in, out], [out, in] to [in, out]. */
export function stored(name: string, { shape, data }: StoredTensor): Array64 {
  const tensor = array64(shape, data);
  if (shape.length === 4) return transpose(tensor, name === "weight" ? [2, 3, 1, 0] : [0, 2, 3, 1]);
  return shape.length === 2 && name === "weight" ? transpose(tensor, [1, 0]) : tensor;
}

/** The same for what PyTorch was given: the nine digits of the file name one float32. */
export function given(name: string, tensor: StoredTensor): Array64 {
  const { shape, data } = stored(name, tensor);
  return array64(shape, data.map(Math.fround));
}
