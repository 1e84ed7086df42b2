/** What is kept of an epoch: samples, centers, the classifier and the numbers as they were at its end. */
import type { Source } from "../draw/map_painter.ts";
import type { Numbers } from "../messages.ts";
import type { Measures } from "../train/measures.ts";

/** Samples on the CPU. */
export type Rows = Pick<Source, "table" | "rows" | "stride" | "dim">;

/** An epoch's end. */
export interface Snapshot extends Source {
  numbers: Numbers;
  measures: Measures | undefined;
}

/** Samples of a snapshot, and snapshots, at the most. */
export const MOST_ROWS = 4000, MOST_SNAPSHOTS = 120;
