/** Cases of where. */
import { ops } from "../../src/ops/mod.ts";
import { array64, scalar, size } from "../../src/reference/array64.ts";
import { uniform } from "../../src/reference/uniform.ts";
import { where, whereBackward } from "../../src/reference/where.ts";
import type { OpCase } from "./op_case.ts";

const SHAPES = [
  [[67], [67], [67]],
  [[], [], []],
  [[3, 1], [1, 5], []],
  [[5], [2, 1, 5], [3, 1]],
  [[2, 3, 1], [1], [3, 5]],
];

/** 0, 1, 0.5, -0, -2 by turns: only 0 and -0 do not hold. */
function condition(shape: number[]) {
  return array64(shape, Array.from({ length: size(shape) }, (_, i) => [1, 0, 0.5, -0, -2][i % 5]));
}

export const whereCases: OpCase[] = [
  ...SHAPES.map(([c, a, b]): OpCase => ({
    name: `takes [${c}], [${a}] and [${b}]`,
    inputs: [condition(c), uniform(a), uniform(b, { seed: 2 })],
    wrt: [1, 2],
    gpu: ops.where,
    twin: where,
    backward: (g, c, a, b) => [g, ...whereBackward(g, c, a, b)],
  })),
  {
    name: "takes numbers",
    inputs: [condition([7]), uniform([7])],
    wrt: [1],
    gpu: (c, a) => ops.where(c, a, 3),
    twin: (c, a) => where(c, a, scalar(3)),
    backward: (g, c, a) => [g, whereBackward(g, c, a, scalar(3))[0]],
  },
];
