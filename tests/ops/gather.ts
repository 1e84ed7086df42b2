/** Cases of gather. */
import { ops } from "../../src/ops/mod.ts";
import { integers } from "../on_gpu.ts";
import { gather, gatherBackward } from "../../src/reference/gather.ts";
import { uniform } from "../../src/reference/uniform.ts";
import type { OpCase } from "./op_case.ts";

function rowsOf(name: string, shape: number[], rows: number[]): OpCase {
  return {
    name: `${name}: ${rows.length} of [${shape}]`,
    inputs: [uniform(shape)],
    gpu: (x) => ops.gather(x, integers(rows)),
    twin: (x) => gather(x, rows),
    backward: (g, x) => [gatherBackward(g, x.shape, rows)],
  };
}

export const gatherCases: OpCase[] = [
  rowsOf("adds up the gradients of a row that comes twice", [5, 3], [4, 0, 4, 1, 4]),
  rowsOf("gives absent rows gradient 0", [7, 2], [3]),
  rowsOf("takes rows of more axes", [5, 3, 2], [4, 0, 4]),
  rowsOf("takes single numbers", [5], [1, 2, 1]),
  rowsOf("takes a table of one row", [1, 3], [0, 0, 0]),
  rowsOf(
    "takes more rows than a workgroup",
    [10, 2],
    Array.from({ length: 131 }, (_, i) => i * i % 10),
  ),
];
