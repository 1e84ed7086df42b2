/** Cases of norm and normalize. */
import { ops } from "../../src/ops/mod.ts";
import { array64 } from "../../src/reference/array64.ts";
import * as twin from "../../src/reference/norm.ts";
import { uniform } from "../../src/reference/uniform.ts";
import type { OpCase } from "./op_case.ts";

const SHAPES: [number[], number[] | undefined, boolean?][] = [
  [[], undefined],
  [[7], undefined],
  [[3, 5], [1]],
  [[2, 3, 5], [0, 2]],
  [[2, 3, 5], [-1], true],
  [[3, 131], [1]],
];
/** The second row is a zero vector. */
const WITH_ZEROS = array64([3, 2], [3, -4, 0, 0, 1, 0]);

export const normCases: OpCase[] = [
  ...SHAPES.map(([shape, axes, keepDims]): OpCase => {
    const list = axes ?? shape.map((_, i) => i);
    return {
      name: `goes over ${axes ? `axes [${axes}]` : "all axes"} of [${shape}]${
        keepDims ? " and keeps them" : ""
      }`,
      inputs: [uniform(shape)],
      gpu: (x) => ops.norm(x, { axes, keepDims }),
      twin: (x) => twin.norm(x, list, keepDims),
      backward: (g, x) => [twin.normBackward(g, x, list)],
    };
  }),
  {
    name: "has gradient 0 at a zero vector",
    inputs: [WITH_ZEROS],
    gpu: (x) => ops.norm(x, { axes: 1 }),
    twin: (x) => twin.norm(x, [1]),
    backward: (g, x) => [twin.normBackward(g, x, [1])],
    differences: [],
  },
];

export const normalizeCases: OpCase[] = [
  ...([[[7], undefined], [[3, 5], 0], [[2, 3, 5], -1], [[3, 131], undefined]] as [
    number[],
    number | undefined,
  ][]).map(([shape, axis]): OpCase => ({
    name: `goes along ${axis ?? "the last axis"} of [${shape}]`,
    inputs: [uniform(shape)],
    gpu: (x) => ops.normalize(x, { axis }),
    twin: (x) => twin.normalize(x, axis ?? -1),
    backward: (g, x) => [twin.normalizeBackward(g, x, axis ?? -1)],
  })),
  {
    name: "leaves a zero vector, and divides by eps below it",
    inputs: [WITH_ZEROS],
    gpu: (x) => ops.normalize(x, { eps: 2 }),
    twin: (x) => twin.normalize(x, -1, 2),
    backward: (g, x) => [twin.normalizeBackward(g, x, -1, 2)],
  },
];
