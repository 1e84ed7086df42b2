/** The labels of the class centers themselves. */
import type { Tensor } from "../tensor/tensor.ts";
import { tensor } from "../tensor/make_tensor.ts";

/**
 * 0, 1, ..., `classes - 1` as `i32`: what the rows of centers are labelled. Uploaded where it is called; within a recorded
 * step that makes it a constant of the recording, which no replay overwrites.
 */
export function classNumbers(classes: number): Tensor {
  return tensor(Int32Array.from({ length: classes }, (_, j) => j), { dtype: "i32" });
}
