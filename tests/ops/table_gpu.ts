/** The table of all ops' cases. It is typed by the ops' names: an op without cases does not compile. */
import type { OpName } from "../../src/ops/mod.ts";
import { batchNormCases } from "./batch_norm.ts";
import { binaryCases } from "./binary.ts";
import { conv2dCases } from "./conv2d.ts";
import { dropoutCases } from "./dropout.ts";
import { extremumCases } from "./extremum.ts";
import { gatherCases } from "./gather.ts";
import { layerNormCases } from "./layer_norm.ts";
import { concatCases, reshapeCases, sliceCases, transposeCases } from "./layout.ts";
import { linearCases, matmulCases } from "./matmul.ts";
import { normalizeCases, normCases } from "./norm.ts";
import { type OpCase, testOp } from "./op_case.ts";
import { globalAvgPool2dCases, maxPool2dCases } from "./pool.ts";
import { preluCases } from "./prelu.ts";
import { meanCases, sumCases } from "./reduce.ts";
import { logSoftmaxCases, logSumExpCases, softmaxCases } from "./softmax.ts";
import { squaredDistancesCases } from "./squared_distances.ts";
import { splitCases, stackCases } from "./stack.ts";
import { clampCases, unaryCases } from "./unary.ts";
import { whereCases } from "./where.ts";

/** Every op with its cases. */
export const table: Record<OpName, readonly OpCase[]> = {
  abs: unaryCases("abs"),
  acos: unaryCases("acos"),
  add: binaryCases("add"),
  batchNorm: batchNormCases,
  clamp: clampCases,
  concat: concatCases,
  conv2d: conv2dCases,
  cos: unaryCases("cos"),
  div: binaryCases("div"),
  dropout: dropoutCases,
  exp: unaryCases("exp"),
  gather: gatherCases,
  globalAvgPool2d: globalAvgPool2dCases,
  layerNorm: layerNormCases,
  leakyRelu: unaryCases("leakyRelu"),
  linear: linearCases,
  log: unaryCases("log"),
  logSoftmax: logSoftmaxCases,
  logSumExp: logSumExpCases,
  matmul: matmulCases,
  max: extremumCases("max"),
  maximum: binaryCases("maximum"),
  maxPool2d: maxPool2dCases,
  mean: meanCases,
  min: extremumCases("min"),
  minimum: binaryCases("minimum"),
  mul: binaryCases("mul"),
  neg: unaryCases("neg"),
  norm: normCases,
  normalize: normalizeCases,
  pow: binaryCases("pow"),
  prelu: preluCases,
  relu: unaryCases("relu"),
  reshape: reshapeCases,
  sigmoid: unaryCases("sigmoid"),
  sin: unaryCases("sin"),
  slice: sliceCases,
  softmax: softmaxCases,
  split: splitCases,
  sqrt: unaryCases("sqrt"),
  square: unaryCases("square"),
  squaredDistances: squaredDistancesCases,
  stack: stackCases,
  sub: binaryCases("sub"),
  sum: sumCases,
  tanh: unaryCases("tanh"),
  transpose: transposeCases,
  where: whereCases,
};

for (const [op, cases] of Object.entries(table)) {
  for (const test of cases) testOp(op, test);
}
