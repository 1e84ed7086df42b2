/** Dispatching a kernel over tensors. */
import { gpu } from "../gpu/device.ts";
import type { Cost } from "../gpu/dispatch.ts";
import type { Constants, Kernel, Params } from "../gpu/kernel.ts";
import type { Tensor } from "../tensor/tensor.ts";

const LANES = 64;

/** What {@linkcode launch} needs besides the kernel. */
export interface Launch {
  constants?: Constants;
  params: Params;
  /** Tensors under the kernel's names for them; `undefined` for what its constants leave unused. */
  tensors: Record<string, Tensor | undefined>;
  /** For kernels with one thread an element, in workgroups of 64. */
  threads?: number;
  /** For all others. */
  groups?: readonly [number, number?, number?];
  /** What it computes, where the op knows; profiles take the bytes from the tensors without it. */
  cost?: Partial<Cost>;
}

/** Encodes one dispatch. */
export function launch(
  kernel: Kernel,
  { constants, params, tensors, threads, groups, cost }: Launch,
): void {
  const buffers = Object.fromEntries(Object.entries(tensors).map(([name, t]) => [name, t?.view]));
  gpu().dispatch({
    kernel,
    constants,
    params,
    buffers,
    groups: groups ?? linearGroups(threads ?? 1),
    cost,
  });
}

/** Workgroups for `threads` threads: along x, and along y too where one dimension cannot hold them. */
export function linearGroups(threads: number): [number, number] {
  const groups = Math.ceil(threads / LANES);
  const limit = gpu().adapter.limits.maxComputeWorkgroupsPerDimension;
  if (groups <= limit) return [groups, groups === 0 ? 0 : 1];
  const rows = Math.ceil(groups / limit);
  return [Math.ceil(groups / rows), rows];
}

/**
 * How a reduction over `length` elements with `outputs` results is cut: short chains of additions and enough threads.
 * A function of the shape alone, so that the order of additions never depends on the machine.
 */
export function partsOf(length: number, outputs: number): { parts: number; partLength: number } {
  if (length <= 64 || outputs >= 1 << 14) return { parts: 1, partLength: Math.max(1, length) };
  const partLength = Math.ceil(Math.sqrt(length));
  return { parts: Math.ceil(length / partLength), partLength };
}
