/** What layers are made of: sizes, and parameters as an initializer draws them. */
import { described } from "../base/choice.ts";
import { sameShape, type Shape, show } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Entry, TorchLayout } from "./layer.ts";

/**
 * Refuses sizes of a layer that are none.
 *
 * @param act What is made of them, for the message: "make Linear".
 * @param low The least that each may be.
 * @throws {TypeError} For the first that is no whole number from `low`.
 */
export function checkSizes(act: string, sizes: Readonly<Record<string, number>>, low = 0): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (Number.isInteger(size) && size >= low) continue;
    throw new TypeError(
      `Cannot ${act}: ${name} is ${described(size)}; it must be a whole number from ${low}`,
    );
  }
}

/**
 * A tensor that gradients are for, until somebody freezes it.
 *
 * @param act What is made of it, for the message.
 * @param name What the layer calls it.
 * @param shape What the layer needs.
 * @param drawn What the initializer gave.
 * @throws {TypeError} When that is no `f32` tensor of the shape.
 */
export function learned(act: string, name: string, shape: Shape, drawn: Tensor): Tensor {
  const isTensor = drawn instanceof Tensor;
  if (!isTensor || drawn.dtype !== "f32" || !sameShape(drawn.shape, shape)) {
    const found = isTensor ? `${drawn.dtype} ${show(drawn.shape)}` : described(drawn);
    throw new TypeError(
      `Cannot ${act}: the initializer gave ${found} as ${name}; it must be f32 ${show(shape)}`,
    );
  }
  drawn.requiresGrad = true;
  return drawn;
}

/** The entry of a parameter. */
export function trainable(
  name: string,
  tensor: Tensor,
  torch: TorchLayout = { kind: "same" },
): Entry {
  return { name, tensor, trainable: true, torch };
}
