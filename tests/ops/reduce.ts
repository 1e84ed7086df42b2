/** Cases of sum and mean. */
import { ops } from "../../src/ops/mod.ts";
import * as twin from "../../src/reference/reduce.ts";
import { uniform } from "../../src/reference/uniform.ts";
import type { OpCase } from "./op_case.ts";

function reduction(
  name: "sum" | "mean",
  shape: readonly number[],
  axes: number | readonly number[] | undefined,
  keepDims?: boolean,
): OpCase {
  const list = axes === undefined
    ? shape.map((_, i) => i)
    : typeof axes === "number"
    ? [axes]
    : axes;
  const [forward, backward] = name === "sum"
    ? [twin.reduceSum, twin.reduceSumBackward]
    : [twin.reduceMean, twin.reduceMeanBackward];
  const over = axes === undefined ? "all axes" : `axes [${list}]`;
  return {
    name: `goes over ${over} of [${shape}]${keepDims ? " and keeps them" : ""}`,
    inputs: [uniform(shape)],
    gpu: (x) => ops[name](x, { axes, keepDims }),
    twin: (x) => forward(x, list, { keepDims }),
    backward: (g, x) => [backward(g, x, list)],
  };
}

/** Every choice of axes of a rank. */
function subsets(rank: number): number[][] {
  return Array.from(
    { length: 2 ** rank },
    (_, bits) => Array.from({ length: rank }, (_, axis) => axis).filter((axis) => bits >> axis & 1),
  );
}

/** A workgroup shares a sum over more than 64 elements; one over more than 4096 is cut into parts. */
const LONG: [number[], number | number[] | undefined][] = [
  [[67], 0],
  [[3, 131, 5], 1],
  [[2, 67, 8], 1],
  [[131, 67], undefined],
  [[67, 3, 71], [0, 2]],
];

export const sumCases: OpCase[] = [
  ...subsets(3).map((axes) => reduction("sum", [2, 3, 5], axes)),
  ...subsets(3).map((axes) => reduction("sum", [2, 3, 5], axes, true)),
  ...subsets(4).map((axes, i) => reduction("sum", [3, 2, 5, 2], axes, i % 2 === 1)),
  ...LONG.map(([shape, axes]) => reduction("sum", shape, axes)),
  reduction("sum", [2, 3, 5], [-1, 0]),
  reduction("sum", [2, 3, 5], -2, true),
  reduction("sum", [], undefined),
  reduction("sum", [1, 1], 1),
];

export const meanCases: OpCase[] = [
  ...subsets(3).map((axes, i) => reduction("mean", [2, 3, 5], axes, i % 2 === 0)),
  ...LONG.map(([shape, axes]) => reduction("mean", shape, axes)),
  reduction("mean", [2, 3, 2, 5], [-1, 1]),
  reduction("mean", [], undefined),
];
