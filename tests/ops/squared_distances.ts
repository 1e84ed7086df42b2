/** Cases of squaredDistances. */
import { ops } from "../../src/ops/mod.ts";
import {
  squaredDistances,
  squaredDistancesBackward,
} from "../../src/reference/squared_distances.ts";
import { uniform } from "../../src/reference/uniform.ts";
import type { OpCase } from "./op_case.ts";

export const squaredDistancesCases: OpCase[] = [[1, 1, 1], [5, 3, 2], [1, 10, 128], [67, 10, 2]]
  .map((
    [rows, cols, dim],
  ) => ({
    name: `compares ${rows} rows with ${cols} of length ${dim}`,
    inputs: [uniform([rows, dim]), uniform([cols, dim], { seed: 2 })],
    gpu: ops.squaredDistances,
    twin: squaredDistances,
    backward: (g, x, c) => Object.values(squaredDistancesBackward(g, x, c)),
  }));
