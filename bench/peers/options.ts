/** What the command line asks for. */
import { UsageError } from "../../src/base/errors.ts";
import type { ContestOptions } from "./contest.ts";
import { type WorkName, WORKS } from "./program.ts";
import { type ProgramName, PROGRAMS } from "./programs.ts";

/** Where a whole comparison goes. */
const CSV = "results/bench/peers.csv";
const PEERS = PROGRAMS.filter((name) => name !== "ours");

/** Flags as they were written. */
export type Flags = Partial<
  Record<"works" | "peers" | "rounds" | "timeout" | "batch" | "csv", string>
>;

/** What is compared, and where the rows go; undefined for nowhere. */
export interface Options extends ContestOptions {
  works: WorkName[];
  csv: string | undefined;
}

/**
 * Reads the flags. A comparison that leaves something out does not take the place of a whole one.
 *
 * @throws {UsageError} For what there is not.
 */
export function optionsOf(flags: Flags): Options {
  if (flags.csv === "") throw new UsageError("--csv needs a file: --csv FILE");
  const whole = [flags.works, flags.peers, flags.batch].every((flag) => flag === undefined);
  return {
    works: worksOf(flags.works),
    peers: peersOf(flags.peers),
    rounds: count("rounds", flags.rounds, 3),
    timeout: count("timeout", flags.timeout, 300),
    batch: count("batch", flags.batch, 32),
    csv: flags.csv ?? (whole ? CSV : undefined),
  };
}

function worksOf(flag: string | undefined): WorkName[] {
  if (flag === undefined) return [...WORKS];
  const parts = flag.split(",").map((part) => part.trim().toLowerCase()).filter(Boolean);
  const found = WORKS.filter((work) => parts.some((part) => work.toLowerCase().includes(part)));
  if (found.length === 0) throw new UsageError(`No work is called "${flag}": ${WORKS.join("; ")}`);
  return found;
}

function peersOf(flag: string | undefined): ProgramName[] {
  if (flag === undefined) return PEERS;
  const names = flag.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !PEERS.some((peer) => peer === name));
  if (unknown !== undefined) {
    throw new UsageError(`No program is called "${unknown}": ${PEERS.join(", ")}`);
  }
  return PEERS.filter((peer) => names.includes(peer));
}

function count(name: string, flag: string | undefined, otherwise: number): number {
  if (flag === undefined) return otherwise;
  const value = Number(flag);
  if (!Number.isInteger(value) || value < 1) {
    throw new UsageError(`--${name} is "${flag}"; it must be a whole number from 1`);
  }
  return value;
}
