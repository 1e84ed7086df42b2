/** Cases of prelu. */
import { ops } from "../../src/ops/mod.ts";
import { array64 } from "../../src/reference/array64.ts";
import { prelu, preluBackward } from "../../src/reference/prelu.ts";
import { uniform } from "../../src/reference/uniform.ts";
import type { OpCase } from "./op_case.ts";

const common = {
  gpu: ops.prelu,
  twin: prelu,
  backward: (...[g, x, weight]: Parameters<OpCase["backward"]>) =>
    Object.values(preluBackward(g, x, weight)),
};

export const preluCases: OpCase[] = [
  ...[
    [[3, 5], [1]],
    [[3, 5], [5]],
    [[2, 7, 5, 3], [3]],
    [[2, 7, 5, 3], [1]],
    [[5], [5]],
    [[1, 1], [1]],
    [
      [2, 3, 5, 8],
      [1],
    ],
    [[7, 5, 67, 4], [1]],
    [[5, 67, 65], [1]],
    [[5, 67, 65], [65]],
    [[5, 67, 65], [67, 65]],
    [[1, 3, 5, 7], [3, 5, 7]],
    [[3, 2, 1, 1], [2, 1, 1]],
    [[131, 1, 1, 1], [1, 1, 1]],
    [[2, 3, 5, 8], [5, 8]],
  ]
    .map(([x, slopes]): OpCase => ({
      ...common,
      name: `takes [${x}] with slopes [${slopes}]`,
      inputs: [uniform(x), uniform(slopes, { seed: 2 })],
    })),
  {
    ...common,
    name: "has its slope as derivative at 0",
    inputs: [array64([2, 2], [0, -1, 1, 0]), array64([2], [0.25, 0.5])],
    differences: [],
  },
];
