/** Cases of softmax, its logarithm, and the logarithm of the sum of exponentials. */
import { ops } from "../../src/ops/mod.ts";
import { type Array64, array64 } from "../../src/reference/array64.ts";
import * as twin from "../../src/reference/softmax.ts";
import { uniform } from "../../src/reference/uniform.ts";
import type { OpCase } from "./op_case.ts";

/** Shapes and axes: alone and together, more than a workgroup takes at once, more rows than are shared. */
const SHAPES: [number[], number | undefined][] = [
  [[1], undefined],
  [[7], undefined],
  [[3, 5], 0],
  [[2, 3, 5], 1],
  [[2, 3, 5], -1],
  [[3, 67], undefined],
  [[2, 131, 5], 1],
  [[1, 4099], undefined],
  [[2053, 3], undefined],
];
/** Large numbers, small ones, and one that has no weight. */
const WIDE = array64([2, 4], [1000, 999, -1000, 998, -80, -81, -90, -800]);

type Twin = (x: Array64, axis: number) => Array64;
type TwinBackward = (g: Array64, x: Array64, axis: number) => Array64;

function cases(name: "softmax" | "logSoftmax", forward: Twin, backward: TwinBackward): OpCase[] {
  return [
    ...SHAPES.map(([shape, axis]): OpCase => ({
      name: `goes along ${axis ?? "the last axis"} of [${shape}]`,
      inputs: [uniform(shape)],
      gpu: (x) => ops[name](x, { axis }),
      twin: (x) => forward(x, axis ?? -1),
      backward: (g, x) => [backward(g, x, axis ?? -1)],
    })),
    {
      name: "neither overflows nor cancels",
      inputs: [WIDE],
      gpu: (x) => ops[name](x),
      twin: (x) => forward(x, -1),
      backward: (g, x) => [backward(g, x, -1)],
    },
  ];
}

export const softmaxCases = cases("softmax", twin.softmax, twin.softmaxBackward);
export const logSoftmaxCases = cases("logSoftmax", twin.logSoftmax, twin.logSoftmaxBackward);

export const logSumExpCases: OpCase[] = [
  ...SHAPES.map(([shape, axis], i): OpCase => ({
    name: `goes along ${axis ?? "the last axis"} of [${shape}]${i % 2 ? " and keeps it" : ""}`,
    inputs: [uniform(shape)],
    gpu: (x) => ops.logSumExp(x, { axis, keepDims: i % 2 === 1 }),
    twin: (x) => twin.logSumExp(x, axis ?? -1, i % 2 === 1),
    backward: (g, x) => [twin.logSumExpBackward(g, x, axis ?? -1)],
  })),
  {
    name: "neither overflows nor cancels",
    inputs: [WIDE],
    gpu: (x) => ops.logSumExp(x),
    twin: (x) => twin.logSumExp(x, -1),
    backward: (g, x) => [twin.logSumExpBackward(g, x, -1)],
  },
];
