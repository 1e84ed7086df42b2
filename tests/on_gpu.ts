/** Between the float64 twins' arrays and tensors on the GPU. */
import { backward, mul, sum } from "../src/ops/mod.ts";
import { scope } from "../src/tensor/scope.ts";
import { readAll, type Tensor } from "../src/tensor/tensor.ts";
import { tensor } from "../src/tensor/make_tensor.ts";
import { type Array64, array64 } from "../src/reference/array64.ts";
import { uniform } from "../src/reference/uniform.ts";

/** The array rounded to float32, so that a twin and the GPU see the same numbers. */
export function rounded({ shape, data }: Array64): Array64 {
  return array64(shape, data.map(Math.fround));
}

/** The array as a tensor. */
export function upload({ shape, data }: Array64, requiresGrad = false): Tensor {
  return tensor(data, { shape, requiresGrad });
}

/** Whole numbers as an `i32` tensor: labels, rows. */
export function integers(values: readonly number[]): Tensor {
  return tensor(values, { dtype: "i32" });
}

/** Tensors as arrays, read with one wait. */
export async function download(tensors: readonly Tensor[]): Promise<Array64[]> {
  const values = await readAll(tensors);
  return values.map((data, i) => array64(tensors[i].shape, data));
}

/** The same cotangent for the same shape in every run: what stands for the gradient of the output. */
export function cotangentOf(shape: readonly number[]): Array64 {
  return rounded(uniform(shape, { seed: 99 }));
}

/** What {@linkcode evaluate} gives. */
export interface Evaluation {
  output: Array64;
  /** One an input; `undefined` where none was asked for. */
  gradients: (Array64 | undefined)[];
}

/** `f` on the GPU: its output, and the gradients of `sum(output * cotangent)` for the inputs numbered `wrt`. */
export async function evaluate(
  f: (...inputs: Tensor[]) => Tensor,
  inputs: readonly Array64[],
  cotangent: Array64,
  wrt: readonly number[] = inputs.map((_, i) => i),
): Promise<Evaluation> {
  using _ = scope();
  const tensors = inputs.map((input, i) => upload(input, wrt.includes(i)));
  const y = f(...tensors);
  if (wrt.length > 0) backward(sum(mul(y, upload(cotangent))));
  const grads = tensors.map((t) => t.grad);
  const [output, ...found] = await download([y, ...grads.filter((g) => g !== undefined)]);
  return { output, gradients: grads.map((g) => g && found.shift()) };
}
