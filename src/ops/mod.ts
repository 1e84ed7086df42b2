/**
 * Every op. An op is one function in one file: it checks shapes, runs its kernel, and says how a gradient goes back
 * (`withGradient` in `src/tensor/tape.ts` does not compile without that). The table below is what tests walk: an op that is not
 * in the table of tests does not compile there.
 */
import { batchNorm } from "./batch_norm.ts";
import { add, div, maximum, minimum, mul, pow, sub } from "./binary.ts";
import { conv2d } from "./conv2d.ts";
import { dropout } from "./dropout.ts";
import { max, min } from "./extremum.ts";
import { gather } from "./gather.ts";
import { globalAvgPool2d } from "./global_avg_pool2d.ts";
import { layerNorm } from "./layer_norm.ts";
import { concat, reshape, slice, transpose } from "./layout.ts";
import { linear } from "./linear.ts";
import { matmul } from "./matmul.ts";
import { maxPool2d } from "./max_pool2d.ts";
import { norm, normalize } from "./norm.ts";
import { prelu } from "./prelu.ts";
import { mean, sum } from "./reduce.ts";
import { logSoftmax, logSumExp, softmax } from "./softmax.ts";
import { squaredDistances } from "./squared_distances.ts";
import { split, stack } from "./stack.ts";
import {
  abs,
  acos,
  clamp,
  cos,
  exp,
  leakyRelu,
  log,
  neg,
  relu,
  sigmoid,
  sin,
  sqrt,
  square,
  tanh,
} from "./unary.ts";
import { where } from "./where.ts";

export { backward } from "./backward.ts";
export * from "./argmax.ts";
export * from "./batch_norm.ts";
export * from "./binary.ts";
export type { Operand } from "./operand.ts";
export * from "./cast.ts";
export * from "./conv2d.ts";
export * from "./detach.ts";
export { dropout, type DropoutOptions } from "./dropout.ts";
export * from "./equal_count.ts";
export * from "./extremum.ts";
export * from "./fill.ts";
export { gather } from "./gather.ts";
export * from "./global_avg_pool2d.ts";
export * from "./layer_norm.ts";
export * from "./layout.ts";
export * from "./linear.ts";
export { matmul } from "./matmul.ts";
export type { MatmulOptions } from "./matmul_sizes.ts";
export * from "./max_pool2d.ts";
export * from "./norm.ts";
export { oneHot } from "./one_hot.ts";
export { prelu } from "./prelu.ts";
export { mean, type ReduceOptions, sum } from "./reduce.ts";
export * from "./softmax.ts";
export * from "./squared_distances.ts";
export * from "./stack.ts";
export * from "./unary.ts";
export { where } from "./where.ts";

/** All ops with a gradient, by name. */
export const ops = {
  abs,
  acos,
  add,
  batchNorm,
  clamp,
  concat,
  conv2d,
  cos,
  div,
  dropout,
  exp,
  gather,
  globalAvgPool2d,
  layerNorm,
  leakyRelu,
  linear,
  log,
  logSoftmax,
  logSumExp,
  matmul,
  max,
  maximum,
  maxPool2d,
  mean,
  min,
  minimum,
  mul,
  neg,
  norm,
  normalize,
  pow,
  prelu,
  relu,
  reshape,
  sigmoid,
  sin,
  slice,
  softmax,
  split,
  sqrt,
  square,
  squaredDistances,
  stack,
  sub,
  sum,
  tanh,
  transpose,
  where,
} as const;

/** The name of an op with a gradient. */
export type OpName = keyof typeof ops;
