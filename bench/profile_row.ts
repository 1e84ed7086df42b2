/** A kernel's line in a profile. */
import { type Limits, shareOfLimit } from "./limits/limits.ts";
import type { KernelTime } from "./profile.ts";

/** Times and rates of a kernel; `null` for what is not counted. */
export interface ProfileRow {
  kernel: string;
  calls: number;
  /** Milliseconds of a step. */
  ms: number;
  /** Of the step's time. */
  share: number;
  gflops: number | null;
  gbs: number | null;
  /** Share of the adapter's measured limit. */
  ofLimit: number | null;
}

/** The lines of a step's kernels. */
export function profileRows(kernels: readonly KernelTime[], limits: Limits): ProfileRow[] {
  const total = kernels.reduce((sum, { ms }) => sum + ms, 0);
  return kernels.map(({ kernel, dispatches, ms, flops, bytes }) => {
    const rate = (count: number) => count > 0 && ms > 0 ? count / ms / 1e6 : null;
    const rates = { gflops: rate(flops), gbs: rate(bytes) };
    const share = ms / (total || 1);
    return { kernel, calls: dispatches, ms, share, ...rates, ofLimit: shareOfLimit(rates, limits) };
  });
}
