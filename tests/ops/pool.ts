/** Cases of maxPool2d and globalAvgPool2d. */
import { ops } from "../../src/ops/mod.ts";
import { type Array64, array64 } from "../../src/reference/array64.ts";
import { globalAvgPool, globalAvgPoolBackward } from "../../src/reference/global_avg_pool.ts";
import {
  maxPool2d,
  maxPool2dBackward,
  type MaxPool2dOptions,
} from "../../src/reference/max_pool2d.ts";
import { uniform } from "../../src/reference/uniform.ts";
import type { OpCase } from "./op_case.ts";

function pool(name: string, x: Array64, options: MaxPool2dOptions): OpCase {
  const { kernel, stride = kernel, padding = 0 } = options;
  return {
    name: `${name}: [${x.shape}] by ${kernel}x${kernel}, stride ${stride}, padding ${padding}`,
    inputs: [x],
    gpu: (x) => ops.maxPool2d(x, options),
    twin: (x) => maxPool2d(x, options),
    backward: (g, x) => [maxPool2dBackward(g, x, options)],
  };
}

/** Whole numbers 0 and 1, so that most windows have ties. */
const tied = (shape: number[]) => array64(shape, uniform(shape).data.map((v) => Math.round(v) & 1));

export const maxPool2dCases: OpCase[] = [
  pool("pools", uniform([2, 8, 6, 3]), { kernel: 2 }),
  pool("drops remainder rows", uniform([2, 7, 5, 3]), { kernel: 2 }),
  pool("sees windows that are all negative", uniform([1, 5, 4, 1], { low: -3, high: -1 }), {
    kernel: 2,
    padding: 1,
  }),
  pool("adds up overlapping windows", uniform([1, 9, 7, 5]), { kernel: 3, stride: 2 }),
  pool("adds up overlapping windows", uniform([2, 8, 7, 3]), { kernel: 3, stride: 2, padding: 1 }),
  pool("adds up overlapping windows", uniform([1, 4, 5, 2]), { kernel: 3, stride: 1, padding: 2 }),
  pool("takes channels four at a time", uniform([2, 7, 9, 8]), { kernel: 2 }),
  pool("takes channels four at a time", uniform([1, 6, 7, 12]), {
    kernel: 3,
    stride: 2,
    padding: 1,
  }),
  pool("skips pixels between windows", uniform([1, 8, 7, 3]), { kernel: 2, stride: 3 }),
  pool("takes a window as large as the image", uniform([3, 5, 5, 1]), { kernel: 5 }),
  pool("takes windows of one pixel", uniform([1, 5, 13, 1]), { kernel: 1 }),
  { ...pool("gives a tie to the first", tied([2, 7, 6, 3]), { kernel: 2 }), differences: [] },
  { ...pool("gives a tie to the first", tied([2, 7, 6, 4]), { kernel: 2 }), differences: [] },
  {
    ...pool("gives a tie to the first", tied([1, 7, 6, 5]), { kernel: 3, stride: 2, padding: 1 }),
    differences: [],
  },
];

export const globalAvgPool2dCases: OpCase[] = [[1, 1, 1, 1], [2, 3, 5, 7], [1, 9, 11, 3]].map((
  shape,
) => ({
  name: `averages [${shape}]`,
  inputs: [uniform(shape)],
  gpu: ops.globalAvgPool2d,
  twin: globalAvgPool,
  backward: (g, x) => [globalAvgPoolBackward(g, x.shape)],
}));
