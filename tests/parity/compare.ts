/** Comparisons: relative errors against bars. */

import { relativeError } from "../../src/reference/relative_error.ts";
import { readAll, type Tensor } from "../../src/tensor/tensor.ts";

/** Bars of the project. */
export const BARS = { output: 1e-5, gradient: 1e-4, loss: 1e-3, evaluation: 5e-3 } as const;

/** One comparison of a case. */
export interface Comparison {
  what: string;
  error: number;
  bar: number;
}

/** Everything found out about a case; `failure` says why it could not be computed. */
export interface Result {
  name: string;
  comparisons: Comparison[];
  failure?: string;
}

/** Computes a case. One that cannot be computed has failed, and hides no other. */
export async function computed(
  name: string,
  compare: () => Promise<Comparison[]>,
): Promise<Result> {
  try {
    return { name, comparisons: await compare() };
  } catch (error) {
    return { name, comparisons: [], failure: (error as Error).message.split("\n")[0] };
  }
}

/** Compares numbers, relative in L2. */
export function comparison(
  what: string,
  found: ArrayLike<number>,
  wanted: ArrayLike<number>,
  bar: number,
): Comparison {
  return { what, error: relativeError(found, wanted), bar };
}

/** A tensor and what it should hold. */
export interface Check {
  what: string;
  found: Tensor;
  wanted: ArrayLike<number>;
  bar: number;
}

/** Compares tensors, which are read with one wait: of a small case, waits are most of the time. */
export async function compared(checks: readonly Check[]): Promise<Comparison[]> {
  const values = await readAll(checks.map(({ found }) => found));
  return checks.map(({ what, wanted, bar }, i) => comparison(what, values[i], wanted, bar));
}

/** True when there are comparisons, and every one stays within its bar (a NaN does not): a case without any has failed. */
export function passed({ comparisons, failure }: Result): boolean {
  return failure === undefined && comparisons.length > 0 &&
    comparisons.every((c) => c.error <= c.bar);
}
