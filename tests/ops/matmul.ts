/** Cases of matmul and linear. */
import { SOFTWARE_TILES } from "../../src/gpu/tiles/tiles.ts";
import { ops } from "../../src/ops/mod.ts";
import { linear, linearBackward } from "../../src/reference/linear.ts";
import { matmul, matmulBackward } from "../../src/reference/matmul.ts";
import { uniform } from "../../src/reference/uniform.ts";
import type { OpCase } from "./op_case.ts";

const tile = SOFTWARE_TILES.matmul;
/** Rows, inner length, columns; one of each more than a workgroup computes. */
const SIZES = [[1, 1, 1], [3, 5, 7], [tile.rows * tile.lanes + 1, 3, 4 * tile.cols + 1], [
  1,
  67,
  2,
], [tile.rows * tile.lanes + 1, 31, 4 * tile.cols + 1]];

/** The product of `rows x inner` and `inner x cols`, stored transposed or not. */
export function matmulCase(
  [rows, inner, cols]: readonly number[],
  transposeA: boolean,
  transposeB: boolean,
): OpCase {
  const options = { transposeA, transposeB };
  return {
    name: `multiplies [${rows}, ${inner}]${transposeA ? "ᵀ" : ""} by [${inner}, ${cols}]${
      transposeB ? "ᵀ" : ""
    }`,
    inputs: [
      uniform(transposeA ? [inner, rows] : [rows, inner]),
      uniform(transposeB ? [cols, inner] : [inner, cols], { seed: 2 }),
    ],
    gpu: (a, b) => ops.matmul(a, b, options),
    twin: (a, b) => matmul(a, b, options),
    backward: (g, a, b) => Object.values(matmulBackward(g, a, b, options)),
  };
}

/** Shapes of operands with batch axes, before transposes: alike, repeated, missing, one for all on either side. */
const BATCHES = [
  [[2, 3, 5], [2, 5, 7]],
  [[67, 1, 2], [67, 2, 5]],
  [[3, 1, 2, 5], [1, 2, 5, 3]],
  [[2, 3, 4, 5], [3, 5, 2]],
  [[2, 3, 5], [5, 7]],
  [[5, 3], [2, 3, 2]],
];

function batchCase(left: number[], right: number[], a: boolean, b: boolean): OpCase {
  const read = (shape: number[], flip: boolean) =>
    flip ? [...shape.slice(0, -2), ...shape.slice(-2).reverse()] : shape;
  const options = { transposeA: a, transposeB: b };
  const [x, y] = [read(left, a), read(right, b)];
  return {
    name: `multiplies [${x}]${a ? "T" : ""} by [${y}]${b ? "T" : ""}`,
    inputs: [uniform(x), uniform(y, { seed: 2 })],
    gpu: (x, y) => ops.matmul(x, y, options),
    twin: (x, y) => matmul(x, y, options),
    backward: (g, x, y) => Object.values(matmulBackward(g, x, y, options)),
  };
}

export const matmulCases: OpCase[] = [
  ...SIZES.flatMap((sizes) =>
    [false, true].flatMap((a) => [false, true].map((b) => matmulCase(sizes, a, b)))
  ),
  {
    ...matmulCase([5, 3, 2], false, false),
    name: "skips a left factor without gradient",
    wrt: [1],
  },
  {
    ...matmulCase([5, 3, 2], false, false),
    name: "skips a right factor without gradient",
    wrt: [0],
  },
  ...BATCHES.flatMap(([left, right]) => [
    batchCase(left, right, false, false),
    batchCase(left, right, true, true),
  ]),
  batchCase([2, 3, 5], [2, 5, 7], true, false),
  batchCase([2, 3, 5], [2, 5, 7], false, true),
  { ...batchCase([3, 2, 5], [3, 5, 1], false, false), name: "skips a batch of left", wrt: [1] },
  // Products so large that each has a launch of its own: at places that can be bound, and at others. Twins are slow there;
  // their gradients are held to differences in the small cases.
  { ...batchCase([2, 64, 67], [2, 67, 64], false, false), differences: [] },
  { ...batchCase([2, 64, 64], [1, 64, 68], true, false), differences: [] },
];

export const linearCases: OpCase[] = [
  ...[[1, 5, 2], [17, 1, 3], [67, 13, 10]].map(([batch, inputs, outputs]): OpCase => ({
    name: `maps [${batch}, ${inputs}] to [${batch}, ${outputs}]`,
    inputs: [
      uniform([batch, inputs]),
      uniform([inputs, outputs], { seed: 2 }),
      uniform([outputs], { seed: 3 }),
    ],
    gpu: ops.linear,
    twin: linear,
    backward: (g, x, weight) => Object.values(linearBackward(g, x, weight)),
  })),
  {
    name: "needs no bias",
    inputs: [uniform([3, 5]), uniform([5, 2], { seed: 2 })],
    gpu: (x, weight) => ops.linear(x, weight),
    twin: (x, weight) => linear(x, weight),
    backward: (g, x, weight) => Object.values(linearBackward(g, x, weight)),
  },
];
