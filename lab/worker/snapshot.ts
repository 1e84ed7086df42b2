/** What is kept of an epoch: samples, centers and the classifier as they were at its end. */
import type { Source } from "../draw/map_painter.ts";

/** Samples on the CPU. */
export type Rows = Pick<Source, "table" | "rows" | "stride" | "dim">;

/** An epoch's end. */
export interface Snapshot extends Source {
  epoch: number;
}

/** Samples of a snapshot at the most, and snapshots: then every second one goes. */
export const MOST_ROWS = 4000;
const MOST_SNAPSHOTS = 120;

/** Adds a snapshot to those of a map. */
export function keepSnapshot(kept: Snapshot[], snapshot: Snapshot): void {
  kept.push(snapshot);
  if (kept.length <= MOST_SNAPSHOTS) return;
  kept.splice(0, kept.length, ...kept.filter((_, i) => i % 2 === kept.length % 2));
}
