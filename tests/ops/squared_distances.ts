/** Cases of squaredDistances. */
import { ops } from "../../src/ops/mod.ts";
import {
  squaredDistances,
  squaredDistancesBackward,
} from "../../src/reference/squared_distances.ts";
import { type Array64, array64 } from "../../src/reference/array64.ts";
import { uniform } from "../../src/reference/uniform.ts";
import type { OpCase } from "./op_case.ts";

const caseOf = (name: string, x: Array64, y: Array64): OpCase => ({
  name,
  inputs: [x, y],
  gpu: ops.squaredDistances,
  twin: squaredDistances,
  backward: (g, x, c) => Object.values(squaredDistancesBackward(g, x, c)),
});

/** Rows some thousandths apart and thousands from the origin, exact in float32: products of their numbers would cancel. */
const far = (rows: number, seed: number) => {
  const { shape, data } = uniform([rows, 4], { seed });
  return array64(shape, data.map((value) => 4096 + Math.round(8 * value) / 2048));
};

export const squaredDistancesCases: OpCase[] = [
  ...[[1, 1, 1], [5, 3, 2], [1, 10, 128], [67, 10, 2]].map(([rows, cols, dim]) =>
    caseOf(
      `compares ${rows} rows with ${cols} of length ${dim}`,
      uniform([rows, dim]),
      uniform([cols, dim], { seed: 2 }),
    )
  ),
  caseOf("compares close rows that are far from the origin", far(5, 1), far(3, 2)),
];
