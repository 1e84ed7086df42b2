/** Cases of stack and split. */
import { concat, ops } from "../../src/ops/mod.ts";
import { type Array64, array64 } from "../../src/reference/array64.ts";
import { concat as join, concatBackward } from "../../src/reference/concat.ts";
import { slice, sliceBackward } from "../../src/reference/slice.ts";
import { uniform } from "../../src/reference/uniform.ts";
import type { OpCase } from "./op_case.ts";

function stacked(shape: number[], count: number, axis: number | undefined, at: number): OpCase {
  const seen = (x: Array64) => array64(shape.toSpliced(at, 0, 1), x.data);
  return {
    name: `puts ${count} of [${shape}] along ${axis ?? "a first axis"}`,
    inputs: Array.from({ length: count }, (_, i) => uniform(shape, { seed: i + 1 })),
    gpu: (...parts) => ops.stack(parts, axis),
    twin: (...parts) => join(parts.map(seen), at),
    backward: (g, ...parts) =>
      concatBackward(g, parts.map((x) => seen(x).shape), at).map((part) =>
        array64(shape, part.data)
      ),
  };
}

export const stackCases: OpCase[] = [
  stacked([], 3, undefined, 0),
  stacked([5], 2, 0, 0),
  stacked([3, 5], 3, 1, 1),
  stacked([3, 5], 2, -1, 2),
  stacked([7], 1, undefined, 0),
];

/** One piece of a split; the others have no gradient. */
function piece(
  shape: number[],
  sizes: number | number[],
  axis: number,
  which: number,
  begin: number[],
  end: number[],
): OpCase {
  return {
    name: `gives piece ${which} of [${shape}] into ${sizes} along ${axis}`,
    inputs: [uniform(shape)],
    gpu: (x) => ops.split(x, sizes, axis)[which],
    twin: (x) => slice(x, begin, end),
    backward: (g, x) => [sliceBackward(g, x.shape, begin)],
  };
}

export const splitCases: OpCase[] = [
  piece([6], 3, 0, 1, [2], [4]),
  piece([2, 6, 3], [1, 5], 1, 1, [0, 1, 0], [2, 6, 3]),
  piece([3, 5], [2, 3], -1, 0, [0, 0], [3, 2]),
  {
    name: "gives pieces that concat() joins again",
    inputs: [uniform([3, 7])],
    gpu: (x) => concat(ops.split(x, [2, 1, 4], 1), 1),
    twin: (x) => x,
    backward: (g) => [g],
  },
];
