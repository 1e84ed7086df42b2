/** Cases of layerNorm. */
import { ops } from "../../src/ops/mod.ts";
import { layerNorm, layerNormBackward } from "../../src/reference/layer_norm.ts";
import { array64 } from "../../src/reference/array64.ts";
import { uniform } from "../../src/reference/uniform.ts";
import type { OpCase } from "./op_case.ts";

const SHAPES = [[5], [3, 7], [2, 3, 5], [3, 131], [2053, 3]];

export const layerNormCases: OpCase[] = [
  ...SHAPES.map((shape): OpCase => ({
    name: `scales and shifts the rows of [${shape}]`,
    inputs: [
      uniform(shape),
      uniform(shape.slice(-1), { seed: 2 }),
      uniform(shape.slice(-1), {
        seed: 3,
      }),
    ],
    gpu: (x, weight, bias) => ops.layerNorm(x, { weight, bias }),
    twin: (x, weight, bias) => layerNorm(x, weight, bias),
    backward: (g, x, weight) => Object.values(layerNormBackward(g, x, weight)),
  })),
  {
    name: "takes neither scale nor shift, and an eps",
    inputs: [uniform([3, 7])],
    gpu: (x) => ops.layerNorm(x, { eps: 0.1 }),
    twin: (x) => layerNorm(x, undefined, undefined, 0.1),
    backward: (g, x) => [layerNormBackward(g, x, undefined, 0.1).x],
  },
  {
    name: "does not cancel far from 0",
    inputs: [array64([1, 4], [4096, 4097, 4098, 4100])],
    gpu: (x) => ops.layerNorm(x),
    twin: (x) => layerNorm(x, undefined, undefined),
    backward: (g, x) => [layerNormBackward(g, x, undefined).x],
  },
];
