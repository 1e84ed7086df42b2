/** Cases of max and min over axes. */
import { ops } from "../../src/ops/mod.ts";
import { type Array64, array64 } from "../../src/reference/array64.ts";
import { extremum, extremumBackward } from "../../src/reference/extremum.ts";
import { uniform } from "../../src/reference/uniform.ts";
import type { OpCase } from "./op_case.ts";

const SHAPES: [number[], number[] | undefined, boolean?][] = [
  [[], undefined],
  [[1], [0]],
  [[7], undefined],
  [[2, 3, 5], []],
  [[2, 3, 5], [0]],
  [[2, 3, 5], [1], true],
  [[2, 3, 5], [-1]],
  [[2, 3, 5], [0, 2]], // not neighbours
  [[2, 3, 5], [1, 2], true],
  [[2, 3, 5], undefined, true],
  [[3, 131, 5], [1]], // a workgroup each
  [[4099], undefined],
];

/** Cases of the function `name`. */
export function extremumCases(name: "max" | "min"): OpCase[] {
  const sign = name === "max" ? 1 : -1;
  const of = (
    what: string,
    x: Array64,
    axes: number[] | undefined,
    keepDims = false,
    differences?: number[],
  ): OpCase => {
    const list = axes ?? x.shape.map((_, i) => i);
    return {
      name: what,
      inputs: [x],
      gpu: (x) => ops[name](x, { axes, keepDims }),
      twin: (x) => extremum(x, list, sign, keepDims),
      backward: (g, x) => [extremumBackward(g, x, list, sign)],
      differences,
    };
  };
  return [
    ...SHAPES.map(([shape, axes, keepDims]) =>
      of(
        `goes over ${axes ? `axes [${axes}]` : "all axes"} of [${shape}]${
          keepDims ? " and keeps them" : ""
        }`,
        uniform(shape),
        axes,
        keepDims,
      )
    ),
    of(
      "gives the gradient to the first at a tie",
      array64([3, 4], [1, 2, 2, 1, -1, -1, -1, -1, 0, -0, 0, -0]),
      [1],
      false,
      [],
    ),
    of(
      "gives the gradient to the first of a workgroup's at a tie",
      array64([200], Array.from({ length: 200 }, (_, i) => i % 50 % 7)),
      undefined,
      false,
      [],
    ),
  ];
}
