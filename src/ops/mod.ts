/**
 * Every op. An op is one function in one file: it checks shapes, runs its kernel, and says how a gradient goes back
 * (`withGradient` in `src/tensor/tape.ts` does not compile without that). The table below is what tests walk: an op that is not
 * in the table of tests does not compile there.
 */
import { argmax, argmin } from "./argmax.ts";
import { batchNorm } from "./batch_norm.ts";
import {
  add,
  div,
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  maximum,
  minimum,
  mul,
  notEqual,
  pow,
  sub,
} from "./binary.ts";
import { cast } from "./cast.ts";
import { conv2d } from "./conv2d.ts";
import { detach } from "./detach.ts";
import { dropout } from "./dropout.ts";
import { equalCount } from "./equal_count.ts";
import { max, min } from "./extremum.ts";
import { gather } from "./gather.ts";
import { globalAvgPool2d } from "./global_avg_pool2d.ts";
import { layerNorm } from "./layer_norm.ts";
import { concat, reshape, slice, transpose } from "./layout.ts";
import { linear } from "./linear.ts";
import { matmul } from "./matmul.ts";
import { maxPool2d } from "./max_pool2d.ts";
import { norm, normalize } from "./norm.ts";
import { oneHot } from "./one_hot.ts";
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
export { full, ones, zeros } from "./fill.ts";
export type { Operand } from "./binary.ts";
export type { BatchNormOptions, BatchNormState } from "./batch_norm.ts";
export type { Conv2dOptions } from "./conv2d.ts";
export type { DropoutOptions } from "./dropout.ts";
export type { LayerNormOptions } from "./layer_norm.ts";
export type { MatmulOptions } from "./matmul_sizes.ts";
export type { MaxPool2dOptions } from "./max_pool2d.ts";
export type { NormalizeOptions } from "./norm.ts";
export type { ReduceOptions } from "./reduce.ts";
export type { LogSumExpOptions, SoftmaxOptions } from "./softmax.ts";
export type { ClampOptions } from "./unary.ts";
export {
  abs,
  acos,
  add,
  argmax,
  argmin,
  batchNorm,
  cast,
  clamp,
  concat,
  conv2d,
  cos,
  detach,
  div,
  dropout,
  equal,
  equalCount,
  exp,
  gather,
  globalAvgPool2d,
  greater,
  greaterEqual,
  layerNorm,
  leakyRelu,
  less,
  lessEqual,
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
  notEqual,
  oneHot,
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
};

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
