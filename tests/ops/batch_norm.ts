/** Cases of batchNorm. */
import { full, ops } from "../../src/ops/mod.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { upload } from "../on_gpu.ts";
import { type Array64, array64 } from "../../src/reference/array64.ts";
import * as twin from "../../src/reference/batch_norm.ts";
import { unary, unaryBackward } from "../../src/reference/unary.ts";
import { uniform } from "../../src/reference/uniform.ts";
import type { OpCase } from "./op_case.ts";

interface Settings {
  relu?: boolean;
  eps?: number;
  /** Added to x. */
  shift?: number;
}

function inputsOf(shape: readonly number[], shift = 0): Array64[] {
  const channels = shape[shape.length - 1];
  const x = uniform(shape);
  return [
    array64(shape, x.data.map((value) => value + shift)),
    uniform([channels], { seed: 2 }),
    uniform([channels], { seed: 3 }),
  ];
}

function withRelu(
  relu: boolean,
  twin: (x: Array64, weight: Array64, bias: Array64) => Array64,
  backward: (g: Array64, x: Array64, weight: Array64) => Record<"x" | "weight" | "bias", Array64>,
): Pick<OpCase, "twin" | "backward"> {
  return {
    twin: (...inputs) => {
      const [x, weight, bias] = inputs;
      const y = twin(x, weight, bias);
      return relu ? unary("relu", y) : y;
    },
    backward: (g, x, weight, bias) => {
      const through = relu ? unaryBackward("relu", g, twin(x, weight, bias)) : g;
      const gradients = backward(through, x, weight);
      return [gradients.x, gradients.weight, gradients.bias];
    },
  };
}

function training(
  shape: readonly number[],
  { relu = false, eps = 1e-5, shift }: Settings = {},
): OpCase {
  return {
    name: `normalizes [${shape}] by its own statistics${relu ? ", with a ReLU" : ""}${
      shift ? `, far from 0` : ""
    }`,
    inputs: inputsOf(shape, shift),
    gpu: (x, weight, bias) => {
      const [runningMean, runningVar] = [full(weight.shape, 0), full(weight.shape, 1)];
      const state = { weight, bias, runningMean, runningVar };
      return ops.batchNorm(x, state, { training: true, relu, eps });
    },
    ...withRelu(
      relu,
      (x, weight, bias) => twin.batchNormTrain(x, weight, bias, { eps }),
      (g, x, weight) => ({ ...twin.batchNormTrainBackward(g, x, weight, { eps }) }),
    ),
  };
}

function evaluation(shape: readonly number[], { relu = false, eps = 1e-5 }: Settings = {}): OpCase {
  const channels = shape.slice(-1);
  const moments = {
    mean: uniform(channels, { seed: 4 }),
    variance: uniform(channels, { low: 0.5, seed: 5 }),
  };
  return {
    name: `normalizes [${shape}] by the running statistics${relu ? ", with a ReLU" : ""}`,
    inputs: inputsOf(shape),
    gpu: (x: Tensor, weight: Tensor, bias: Tensor) => {
      const [runningMean, runningVar] = [upload(moments.mean), upload(moments.variance)];
      const state = { weight, bias, runningMean, runningVar };
      return ops.batchNorm(x, state, { training: false, relu, eps });
    },
    ...withRelu(
      relu,
      (x, weight, bias) => twin.batchNormEval(x, weight, bias, moments, { eps }),
      (g, x, weight) => ({ ...twin.batchNormEvalBackward(g, x, weight, moments, { eps }) }),
    ),
  };
}

export const batchNormCases: OpCase[] = [
  training([7, 3]),
  training([2, 3, 5, 5]),
  training([3, 5, 7, 5], { relu: true }), // 105 rows: statistics in parts
  training([1, 5, 13, 1]),
  training([2, 3, 65], { relu: true }), // more channels than a workgroup has threads
  training([4, 2], { eps: 0.1 }),
  training([3, 5, 7, 12], { relu: true }), // channels four at a time, and statistics in parts
  training([1, 1, 67, 68]),
  { ...training([3, 5, 7, 8], { shift: 1000 }), outputTolerance: 1e-4 }, // as the one below
  // A mean near 1000 is known to float32 only to 3e-5, which is what remains in the normalized values.
  { ...training([3, 5, 7, 5], { shift: 1000 }), outputTolerance: 1e-4 },
  evaluation([1, 3]),
  evaluation([3, 5, 7, 5]),
  evaluation([2, 3, 5, 65], { relu: true }),
  evaluation([2, 3, 5, 20], { relu: true }),
  evaluation([7, 2], { eps: 0.1 }),
  { ...training([5, 3]), name: "trains with a fixed scale and shift", wrt: [0] },
  { ...training([5, 3]), name: "trains scale and shift on fixed inputs", wrt: [1, 2] },
];
