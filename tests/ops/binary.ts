/** Cases of the functions of two tensors. */
import { ops } from "../../src/ops/mod.ts";
import { type Array64, array64, scalar } from "../../src/reference/array64.ts";
import { binary, binaryBackward } from "../../src/reference/binary.ts";
import { uniform } from "../../src/reference/uniform.ts";
import type { OpCase } from "./op_case.ts";

/** Those with a gradient. */
type BinaryName = "add" | "sub" | "mul" | "div" | "pow" | "maximum" | "minimum";

/** Shapes that broadcast; every one a pair. The last ones are run for `mul` only, whose gradients depend on both. */
const SHAPES = [[[67], [67]], [[3, 5, 68], [3, 5, 68]], [[1, 5], [3, 1]], [[], [1, 7]], [
  [3, 5],
  [],
]];
const MORE_SHAPES = [
  [[2, 3, 5], [3, 1]],
  [[5], [2, 1, 5]],
  [[1], [1, 1]],
  [[2, 1, 3, 1], [1, 5, 1, 2]],
  [[1, 5, 1, 2], [2, 1, 3, 2]],
  [[2, 1, 2, 1, 2, 1, 2], [1, 2, 1, 2, 1, 2, 1]],
];

/** Cases of the function `name`. */
export function binaryCases(name: BinaryName): OpCase[] {
  const low = name === "div" || name === "pow" ? 0.5 : -2;
  const shapes = name === "mul" ? [...SHAPES, ...MORE_SHAPES] : SHAPES;
  const op = ops[name];
  return [
    ...shapes.map(([left, right]): OpCase => ({
      name: `takes [${left}] and [${right}]`,
      inputs: [uniform(left, { low }), uniform(right, { low, seed: 2 })],
      gpu: op,
      twin: (a, b) => binary(name, a, b),
      backward: (g, a, b) => Object.values(binaryBackward(name, g, a, b)),
    })),
    {
      name: "takes a number on the right",
      inputs: [uniform([3, 5], { low })],
      gpu: (a) => op(a, 1.5),
      twin: (a) => binary(name, a, scalar(1.5)),
      backward: (g, a) => [binaryBackward(name, g, a, scalar(1.5)).a],
    },
    {
      name: "takes a number on the left",
      inputs: [uniform([3, 5], { low })],
      gpu: (b) => op(1.5, b),
      twin: (b) => binary(name, scalar(1.5), b),
      backward: (g, b) => [binaryBackward(name, g, scalar(1.5), b).b],
    },
    ...more[name] ?? [],
  ];
}

function powers(name: string, bases: number[], exponents: number[]): OpCase {
  return {
    name,
    inputs: [array64([bases.length], bases), array64([exponents.length], exponents)],
    wrt: [0],
    gpu: ops.pow,
    twin: (a, b) => binary("pow", a, b),
    backward: (g, a, b) => Object.values(binaryBackward("pow", g, a, b)),
  };
}

const tied = array64([5], [-1, 0, 2, 2, 3]);

function ties(name: "maximum" | "minimum"): OpCase {
  return {
    name: "gives the gradient to the first at a tie",
    inputs: [tied, array64([5], [-1, 0, 2, 1, 4])],
    gpu: ops[name],
    twin: (a: Array64, b: Array64) => binary(name, a, b),
    backward: (g, a, b) => Object.values(binaryBackward(name, g, a, b)),
    differences: [],
  };
}

const more: Partial<Record<BinaryName, OpCase[]>> = {
  maximum: [ties("maximum")],
  minimum: [ties("minimum")],
  pow: [
    powers("takes negative bases to whole exponents", [-2, -1.5, -0.5, -1, -3], [2, 3, 1, -1, -2]),
    powers("is 1 at exponent 0, with gradient 0", [-2, 0, 0.5, 3], [0, 0, 0, 0]),
    powers("takes base 0", [0, 0, 0], [1, 2, 3]),
    {
      name: "has gradient 0 for the exponent at base 0",
      inputs: [array64([3], [0, 0, 2]), array64([3], [1, 2, 3])],
      wrt: [1],
      gpu: ops.pow,
      twin: (a, b) => binary("pow", a, b),
      backward: (g, a, b) => Object.values(binaryBackward("pow", g, a, b)),
    },
  ],
};
