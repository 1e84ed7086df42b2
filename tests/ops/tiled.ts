/** Cases of the ops whose kernels have tiles. All others come to the same texts whatever the tiles are. */
import { conv2dCases } from "./conv2d.ts";
import { linearCases, matmulCases } from "./matmul.ts";
import type { OpCase } from "./op_case.ts";

export const tiled: Record<string, readonly OpCase[]> = {
  matmul: matmulCases,
  linear: linearCases,
  conv2d: conv2dCases,
};
