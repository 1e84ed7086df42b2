/** What the adapter can do at best: what every kernel is measured against. */
import { copyLimits } from "./copies.ts";
import { launchLimits } from "./launches.ts";
import { multiplyAddLimit } from "./multiply_add.ts";
import type { Row } from "../work.ts";

/** The two rates that kernels run against. */
export interface Limits {
  /** Of multiply-adds, counted as two. */
  gflops: number;
  /** Of a copy, every byte counted as it is read and as it is written. */
  gbs: number;
}

/** Times them all, handing each row over as it comes. */
export async function measureLimits(heard: (row: Row) => void): Promise<Limits> {
  const rows: Row[] = [];
  const measures = [
    async () => [await multiplyAddLimit()],
    () => copyLimits(),
    () => launchLimits(),
  ];
  for (const measure of measures) {
    const more = await measure();
    more.forEach(heard);
    rows.push(...more);
  }
  return limitsOf(rows);
}

/** The best rates among rows. */
export function limitsOf(rows: readonly Pick<Row, "gflops" | "gbs">[]): Limits {
  return {
    gflops: Math.max(0, ...rows.map((row) => row.gflops ?? 0)),
    gbs: Math.max(0, ...rows.map((row) => row.gbs ?? 0)),
  };
}

/** A rate's share of its limit: of the multiply-adds where there are operations, else of the copy; `null` without either. */
export function shareOfLimit(
  { gflops, gbs }: Pick<Row, "gflops" | "gbs">,
  limits: Limits,
): number | null {
  if (gflops !== null && gflops > 0) return gflops / limits.gflops;
  return gbs === null ? null : gbs / limits.gbs;
}
