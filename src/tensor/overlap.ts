/** Tensors that look at the same memory. */
import type { Tensor } from "./tensor.ts";

/** True when two tensors have elements in common. */
export function overlap(a: Tensor, b: Tensor): boolean {
  const [u, v] = [a.view, b.view];
  return u.storage === v.storage && u.offset < v.offset + v.bytes && v.offset < u.offset + u.bytes;
}
