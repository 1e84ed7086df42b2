/** The mean feature of each class. */
import { scatterAddRows } from "../ops/gather.ts";
import { evaluateBinary } from "../ops/binary_kernel.ts";
import { noGrad } from "../tensor/tape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { tensor } from "../tensor/make_tensor.ts";

/** Classes that none of these samples are of. */
export function absentClasses(labels: ArrayLike<number>, classes: number): number[] {
  const there = new Set(Array.from(labels));
  return Array.from({ length: classes }, (_, k) => k).filter((k) => !there.has(k));
}

/**
 * The mean of the features of each class; 0 for a class without samples.
 *
 * @param features `[samples, dim]`.
 * @param labels `[samples]`.
 * @returns `[classes, dim]`.
 */
export function classMeans(features: Tensor, labels: ArrayLike<number>, classes: number): Tensor {
  const counts = new Float32Array(classes);
  for (let i = 0; i < labels.length; i++) counts[labels[i]]++;
  return noGrad(() => {
    const rows = tensor(Int32Array.from(labels), { dtype: "i32" });
    const sums = scatterAddRows(features, rows, classes);
    const divisors = tensor(counts.map((n) => Math.max(n, 1)), { shape: [classes, 1] });
    return evaluateBinary("div", sums, divisors);
  });
}

/** Rows of `dim` numbers, with NaN in some of them. */
export function withoutRows(values: Float32Array, rows: readonly number[], dim: number) {
  for (const row of rows) values.fill(NaN, row * dim, (row + 1) * dim);
  return values;
}
