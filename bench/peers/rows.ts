/** The lines of the result. */
import { csvOf } from "../../src/base/csv.ts";
import { median } from "../../src/base/averages.ts";
import type { Facts, WorkName } from "./program.ts";

/** A program's part in a work; `null` for what was not measured, or is not counted. */
export interface PeerRow {
  work: string;
  shape: string;
  program: string;
  version: string;
  adapter: string;
  /** Milliseconds of one run: median, least and most of the rounds. */
  ms: number | null;
  min: number | null;
  max: number | null;
  rounds: number;
  gflops: number | null;
  imagesPerSecond: number | null;
  /** Milliseconds of the first training step in a process that has compiled nothing. */
  firstMs: number | null;
  /** How many times as fast as ours. */
  ratioToOurs: number | null;
  /** Why numbers are missing, or what to know of them. */
  note: string;
}

/** What a program's process said of itself and how long its runs took. */
export interface Measured {
  program: string;
  version: string;
  adapter: string;
  /** Milliseconds of one run, a number a round. */
  times: readonly number[];
  firstMs: number | null;
  note: string;
}

/** The rows of a work; ours is the first that was measured. */
export function rowsOf(work: WorkName, facts: Facts, measured: readonly Measured[]): PeerRow[] {
  const msOf = (times: readonly number[]) => times.length === 0 ? null : median(times);
  const ours = msOf(measured[0].times);
  return measured.map(({ program, version, adapter, times, firstMs, note }) => {
    const ms = msOf(times);
    return {
      work,
      shape: facts.shape,
      program,
      version,
      adapter,
      ms,
      min: ms && Math.min(...times),
      max: ms && Math.max(...times),
      rounds: times.length,
      gflops: ms && facts.flops / ms / 1e6,
      imagesPerSecond: ms && facts.images && 1000 * facts.images / ms,
      firstMs,
      ratioToOurs: ms && ours && ours / ms,
      note,
    };
  });
}

const DIGITS = 5;

/** As CSV under the names of the fields; numbers with five significant digits, an empty field for `null`. */
export function toCsv(rows: readonly PeerRow[]): string {
  const rounded = (value: string | number | null) =>
    typeof value === "number" ? Number(value.toPrecision(DIGITS)) : value;
  return csvOf(Object.keys(rows[0]), rows.map((row) => Object.values(row).map(rounded)));
}
