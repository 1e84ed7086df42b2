/** Dispatching a kernel over tensors. */
import { gpu } from "../gpu/device.ts";
import type { Cost } from "../gpu/dispatch.ts";
import type { Constants, Kernel, Params } from "../gpu/kernel.ts";
import type { DType } from "../tensor/dtype.ts";
import type { Tensor } from "../tensor/tensor.ts";

const LANES = 64;

/** What {@linkcode launch} needs besides the kernel. */
export interface Launch {
  constants?: Constants;
  params: Params;
  /** Tensors, or objects with a view, under the kernel's names for them; `undefined` for what its constants leave unused. */
  tensors: Record<string, Pick<Tensor, "view"> | undefined>;
  /** For kernels with one thread an element, in workgroups of 64. */
  threads?: number;
  /** For all others. */
  groups?: readonly [number, number?, number?];
  /** Passes that a thread takes through its loops, all together, where shapes can make them many. */
  passes?: number;
  /** What it computes, where the op knows; without it, profiles take the bytes from the tensors. */
  cost?: Partial<Cost>;
}

/** Mesa's software driver ends the loops of a thread after so many passes in all, without a word. */
export const MOST_PASSES = 65_535;

/**
 * Encodes one dispatch.
 *
 * @throws {RangeError} When the adapter would end its loops before they are done.
 */
export function launch(
  kernel: Kernel,
  { constants, params, tensors, threads, groups, passes = 0, cost }: Launch,
): void {
  if (passes > MOST_PASSES && /llvmpipe|softpipe/i.test(gpu().adapter.description)) {
    throw new RangeError(
      `Cannot run ${kernel.name}: it takes ${passes} passes through its loops, and this software adapter ends them after ` +
        `${MOST_PASSES}; use smaller tensors, or a GPU`,
    );
  }
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
function linearGroups(threads: number): [number, number] {
  const groups = Math.ceil(threads / LANES);
  const limit = gpu().adapter.limits.maxComputeWorkgroupsPerDimension;
  if (groups <= limit) return [groups, groups === 0 ? 0 : 1];
  const rows = Math.ceil(groups / limit);
  return [Math.ceil(groups / rows), rows];
}

/** Longer rows are shared by a workgroup: a sum of so many is as exact, and a software adapter has threads enough. */
const LONGEST_ROW = 4096;

/** How threads go over rows. */
export interface RowThreads {
  constants: { TOGETHER: boolean };
  threads: number;
  /** Passes of a thread through one loop over its row, and through one over what 64 threads found of it. */
  passes: number;
}

/**
 * How a kernel goes over rows of `length` elements: a thread a row, or, `TOGETHER`, a workgroup a row. Mesa's software driver
 * ends the loops of a thread after 65,535 passes in all, without a word; this reaches a million, and what is longer is to be
 * refused by its `passes`.
 *
 * @param longest The longest row that a thread takes.
 */
export function overRows(
  rows: number,
  length: number,
  longest: number = LONGEST_ROW,
): RowThreads {
  const together = length > longest;
  return {
    constants: { TOGETHER: together },
    threads: rows * (together ? LANES : 1),
    passes: together ? Math.ceil(length / LANES) + LANES : length,
  };
}

/** Rows shorter than this are not worth a workgroup; so many rows keep an adapter busy by themselves. */
const SHORT_ROW = 64, ENOUGH_ROWS = 2048;

/** The same for rows that may be few: a GPU takes those by workgroups, too. */
export function overFewRows(rows: number, length: number): RowThreads {
  return overRows(rows, length, rows < ENOUGH_ROWS ? SHORT_ROW : LONGEST_ROW);
}

/** What a kernel takes at once along an axis of so many elements: four where that divides it, else one. */
export function elementOf(
  length: number,
  dtype: DType = "f32",
): { Element: string; width: number } {
  return length % 4 === 0 ? { Element: `vec4<${dtype}>`, width: 4 } : { Element: dtype, width: 1 };
}

/** Threads that keep a software adapter's few cores busy, and a GPU's many. */
const FEW_THREADS = 1024, MANY_THREADS = 1 << 16;

/** How many of `elements` a thread takes one after the other, so that there are as many threads as the adapter wants. */
export function elementsAThread(elements: number): number {
  const threads = gpu().tiles.operands === "texture" ? FEW_THREADS : MANY_THREADS;
  return Math.max(1, Math.ceil(elements / threads));
}

/**
 * How a kernel goes over a flat array of `size` Elements: each workgroup takes `span` neighbours, and each of its 64 threads
 * every 64th of them.
 */
export function flat(size: number): { params: { size: number; span: number }; threads: number } {
  const span = LANES * elementsAThread(size);
  return { params: { size, span }, threads: LANES * Math.ceil(size / span) };
}

/**
 * How a reduction over `length` elements with `outputs` results is cut: short chains of additions and enough threads.
 * A function of the shape only, so that the order of additions never depends on the machine.
 */
export function partsOf(length: number, outputs: number): { parts: number; partLength: number } {
  if (length <= 64 || outputs >= 1 << 14) return { parts: 1, partLength: Math.max(1, length) };
  const partLength = Math.ceil(Math.sqrt(length));
  return { parts: Math.ceil(length / partLength), partLength };
}
