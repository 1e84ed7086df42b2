/** Cases of the ops that move elements. */
import { ops } from "../../src/ops/mod.ts";
import { array64 } from "../../src/reference/array64.ts";
import { concat, concatBackward } from "../../src/reference/concat.ts";
import { slice, sliceBackward } from "../../src/reference/slice.ts";
import { transpose, transposeBackward } from "../../src/reference/transpose.ts";
import { uniform } from "../../src/reference/uniform.ts";
import type { OpCase } from "./op_case.ts";

/** `axes` as given to the op, `order` as the twin takes them. */
function permute(shape: number[], axes: number[] | undefined, order = axes!): OpCase {
  return {
    name: `orders the axes of [${shape}] as [${axes ?? "reversed"}]`,
    inputs: [uniform(shape)],
    gpu: (x) => ops.transpose(x, axes),
    twin: (x) => transpose(x, order),
    backward: (g) => [transposeBackward(g, order)],
  };
}

export const transposeCases: OpCase[] = [
  permute([5, 13], [1, 0]),
  permute([2, 3, 5], undefined, [2, 1, 0]),
  permute([2, 3, 5], [1, 2, 0]),
  permute([2, 3, 5], [-1, 0, -2], [2, 0, 1]),
  permute([2, 3, 1, 5], [0, 2, 3, 1]),
  permute([2, 3, 5, 2], [3, 1, 0, 2]),
  permute([7], [0]),
  permute([], [], []),
];

function part(shape: number[], begin: number[], end: number[], from = begin, to = end): OpCase {
  return {
    name: `takes [${begin}] to [${end}] of [${shape}]`,
    inputs: [uniform(shape)],
    gpu: (x) => ops.slice(x, begin, end),
    twin: (x) => slice(x, from, to),
    backward: (g, x) => [sliceBackward(g, x.shape, from)],
  };
}

export const sliceCases: OpCase[] = [
  part([7], [2], [5]),
  part([7], [-3], [-1], [4], [6]),
  part([5, 13], [1, 0], [3, 13]),
  part([5, 13], [2], [4], [2, 0], [4, 13]),
  part([2, 3, 5], [0, -2, 1], [2, 3, -1], [0, 1, 1], [2, 3, 4]),
  part([2, 3, 5], [0, 0, 0], [2, 3, 5]),
  part([3, 2, 5, 2], [1, 0, 2, 1], [3, 1, 3, 2]),
];

function join(shapes: number[][], axis: number, along = axis): OpCase {
  return {
    name: `joins ${shapes.map((shape) => `[${shape}]`).join(", ")} along ${axis}`,
    inputs: shapes.map((shape, i) => uniform(shape, { seed: i + 1 })),
    gpu: (...parts) => ops.concat(parts, axis),
    twin: (...parts) => concat(parts, along),
    backward: (g, ...parts) => concatBackward(g, parts.map(({ shape }) => shape), along),
  };
}

export const concatCases: OpCase[] = [
  join([[3], [1], [67]], 0),
  join([[2, 3, 2], [2, 1, 2], [2, 5, 2]], 1),
  join([[2, 3], [2, 5]], -1, 1),
  join([[1, 3]], 0),
  { ...join([[2, 3], [5, 3]], 0), name: "skips a part without gradient", wrt: [1] },
];

function shaped(from: number[], to: number[], result = to): OpCase {
  return {
    name: `shapes [${from}] as [${to}]`,
    inputs: [uniform(from)],
    gpu: (x) => ops.reshape(x, to),
    twin: (x) => array64(result, x.data),
    backward: (g, x) => [array64(x.shape, g.data)],
  };
}

export const reshapeCases: OpCase[] = [
  shaped([2, 3, 5], [5, 6]),
  shaped([2, 3, 5], [2, -1], [2, 15]),
  shaped([1, 1], []),
  shaped([], [1, 1, 1]),
  shaped([7], [-1], [7]),
];
