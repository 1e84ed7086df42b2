/** What is timed, and what comes out. */
import { RunError } from "../src/base/errors.ts";
import type { Tensor } from "../src/tensor/tensor.ts";
import { relativeError } from "../src/reference/relative_error.ts";
import type { Runnable } from "../src/tune/timing.ts";

/** What is counted of a work. */
export interface Counted {
  /** What it computes. */
  work: string;
  /** On what. */
  shape: string;
  /**
   * Floating-point operations, a multiply-add counted as two, as the formula has them: padding and bias left out. Absent
   * for work that memory limits.
   */
  flops?: number;
  /** Bytes of all arrays in and out, each once: what must move whatever the kernel. Absent where that says nothing. */
  bytes?: number;
  /** Images a run, for work that is a training step. */
  images?: number;
}

/** One thing to time. */
export interface Work extends Counted {
  /**
   * Makes it ready to run, and checks its first result against the CPU.
   *
   * @throws {RunError} When the result is wrong.
   */
  prepare(): Promise<Prepared>;
}

/** Work that has given the right result once. */
export interface Prepared extends Runnable {
  /** Frees what it holds. */
  dispose(): void;
  /** The arrays it takes and the one it makes, where other programs are to do the same. */
  tensors?: { inputs: Tensor[]; result: Tensor };
}

/** One line of the result; `null` for what is not counted. */
export interface Row {
  adapter: string;
  work: string;
  shape: string;
  /** Median time of one run, in milliseconds. */
  ms: number;
  gflops: number | null;
  gbs: number | null;
  imagesPerSecond: number | null;
}

/** The rates of a work that takes `ms` milliseconds. */
export function rowOf(work: Counted, ms: number, adapter: string): Row {
  return {
    adapter,
    work: work.work,
    shape: work.shape,
    ms,
    gflops: work.flops === undefined ? null : work.flops / ms / 1e6,
    gbs: work.bytes === undefined ? null : work.bytes / ms / 1e6,
    imagesPerSecond: work.images === undefined ? null : 1000 * work.images / ms,
  };
}

/**
 * Compares a result with the CPU's.
 *
 * @param result What it is called.
 * @param bar How far it may be away, relative in L2.
 * @throws {RunError} When it is further away.
 */
export function checkResult(
  work: string,
  result: string,
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  bar: number,
): void {
  const error = relativeError(found, expected);
  if (error <= bar) return;
  throw new RunError(`Cannot time ${work}: its ${result} is off by ${error}, at most ${bar}`);
}
