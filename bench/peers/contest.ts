/** A work through several programs in turn. */
import { RunError } from "../../src/base/errors.ts";
import { checkOutcome } from "./outcome.ts";
import type { Peer } from "./peer.ts";
import type { WorkName } from "./program.ts";
import type { ProgramName } from "./programs.ts";
import type { Readied, Sample } from "./protocol.ts";
import { type Measured, type PeerRow, rowsOf } from "./rows.ts";

/** Milliseconds that one sample lasts at least, so that its readback is a small part of it. */
const SAMPLE_MS = 500;
/** Readying compiles everything and runs some first steps: so many times a sample's limit. */
const READYING = 5;

/** Settings of {@linkcode contest}. */
export interface ContestOptions<Name extends string> {
  /** Besides ours. */
  peers: readonly Name[];
  /** Starts a program. */
  open(program: Name | "ours"): Peer;
  batch: number;
  /** A factor on a network's channels. Default: 1. */
  width?: number;
  /** Waits before each round. */
  before?(round: number): Promise<void>;
  rounds: number;
  /** Seconds for a sample. */
  timeout: number;
}

/** A program that takes part. */
interface Contestant extends Measured {
  process: Peer;
  times: number[];
}

const UNKNOWN = { version: "", adapter: "", firstMs: null, note: "" };

/**
 * Readies a work in every program, each in a process of its own, and checks what comes out against ours. Then all are
 * asked for a sample in turn, round after round, so that what disturbs the machine disturbs all alike.
 *
 * @returns A row a program. One that was refused, broke off or took too long says so in its note.
 * @throws {RunError} When ours cannot go on.
 */
export async function contest<Name extends string = ProgramName>(
  work: WorkName,
  { peers, open, batch, width, before, rounds, timeout }: ContestOptions<Name>,
): Promise<PeerRow[]> {
  const contestants: Contestant[] = [];
  const enter = async (program: Name | "ours", ours?: Readied): Promise<Readied> => {
    const process = open(program);
    const contestant: Contestant = { ...UNKNOWN, program, process, times: [] };
    contestants.push(contestant);
    const request = { ask: "prepare", work, batch, width, given: ours?.given } as const;
    const readied = await process.ask<Readied>(request, READYING * timeout);
    const { version, adapter, firstMs, remark: note = "" } = readied;
    if (ours) checkOutcome(program, work, readied.outcome, ours.outcome);
    Object.assign(contestant, { version, adapter, firstMs, note });
    return readied;
  };
  const sample = async ({ process, times }: Contestant) => {
    const { ms } = await process.ask<Sample>({ ask: "sample", ms: SAMPLE_MS }, timeout);
    times.push(ms);
  };
  try {
    const ours = await enter("ours");
    for (const peer of peers) await orOut(() => enter(peer, ours), () => contestants.at(-1)!);
    for (let round = 0; round < rounds; round++) {
      await before?.(round);
      await sample(contestants[0]);
      for (const peer of contestants.slice(1)) {
        if (!peer.process.ended) await orOut(() => sample(peer), () => peer);
      }
    }
    return rowsOf(work, ours.facts!, contestants);
  } finally {
    for (const { process } of contestants) process.end();
  }
}

/** Does something with a program; one that fails is out, and its note says why. */
async function orOut(act: () => Promise<unknown>, who: () => Contestant): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    const { process, times } = who();
    process.end();
    times.length = 0;
    Object.assign(who(), { note: error.message, firstMs: null });
  }
}
