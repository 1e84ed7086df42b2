/** The contest of tiles for one kernel on one shape. */
import { RunError } from "../base/errors.ts";
import { median } from "../base/averages.ts";
import type { Tile } from "../gpu/tiles/tiles.ts";
import { wrongResult } from "./samples.ts";
import { fillingRuns, type Timer } from "./timing.ts";
import type { Contender, Trial } from "./trial.ts";
import type { Use } from "./use.ts";

/** A candidate that the adapter refuses, or that gives a wrong result. */
export interface Dropped {
  tile: Tile;
  why: string;
}

/** The tile of a kernel and shape, and how it was found. */
export interface Tuned extends Use {
  tile: Tile;
  /** Time of one run, in milliseconds. */
  ms: number;
  /** The same with the kernel's default tile. */
  defaultMs: number;
  dropped: Dropped[];
}

/** What is compared. */
export interface Contest {
  candidates: readonly Tile[];
  time: Timer;
  /** True when there is no time left: then no tile is given. */
  over: () => boolean;
}

/** A sample lasts so long at least: the 11 ms of its readback are the same for all. */
const SAMPLE_MS = 60;
const SAMPLES = 5;
/** A candidate whose first sample takes so many times the fastest one's is not timed again. */
const TOO_SLOW = 2;
/** The default tile is kept unless another is faster by so much: less is noise. */
const GAIN = 1.03;

interface Timed {
  tile: Tile;
  contender: Contender;
  times: number[];
}

/**
 * Times a kernel's default tile and candidates in turns, each after its result was checked, and gives the one with the
 * smallest median; undefined when the time was over before that.
 *
 * @throws {RunError} When the default tile gives a wrong result.
 */
export async function tuneOne(
  use: Use,
  own: Tile,
  trial: Trial,
  { candidates, time, over }: Contest,
): Promise<Tuned | undefined> {
  const field: Timed[] = [], dropped: Dropped[] = [];
  try {
    const reference = await trial.prepare(own);
    const standard: Timed = { tile: own, contender: reference, times: [] };
    field.push(standard);
    const wrong = trial.wrong(reference.results[0]);
    if (wrong) {
      throw new RunError(
        `Cannot tune ${use.kernel} on ${use.shape}: with its default tile ${wrong}; see deno task doctor`,
      );
    }
    const runs = await fillingRuns(reference, SAMPLE_MS, time);
    const sample = async ({ contender, times }: Timed) => {
      times.push(await time(contender, runs) / runs);
    };
    await sample(standard);
    for (const tile of candidates) {
      if (over()) return undefined;
      const found = await admitted(tile, trial, reference.results);
      if ("why" in found) {
        dropped.push(found);
        continue;
      }
      await sample(found);
      const fastest = Math.min(...field.map(({ times }) => times[0]));
      if (found.times[0] > TOO_SLOW * fastest) found.contender.dispose();
      else field.push(found);
    }
    for (let i = 1; i < SAMPLES; i++) {
      if (over()) return undefined;
      for (const timed of field) await sample(timed);
    }
    const defaultMs = median(standard.times);
    const best = field.map(({ tile, times }) => ({ tile, ms: median(times) }))
      .reduce((a, b) => b.ms < a.ms ? b : a);
    const winner = best.ms * GAIN <= defaultMs ? best : { tile: own, ms: defaultMs };
    return { ...use, ...winner, defaultMs, dropped };
  } finally {
    for (const { contender } of field) contender.dispose();
  }
}

/** The candidate, ready to be timed, or why it is not. */
async function admitted(
  tile: Tile,
  trial: Trial,
  reference: readonly Float32Array[],
): Promise<Timed | Dropped> {
  let contender: Contender;
  try {
    contender = await trial.prepare(tile);
  } catch (error) {
    return { tile, why: `refused: ${(error as Error).message.split("\n")[0]}` };
  }
  const wrongs = reference.map((expected, i) => wrongResult(contender.results[i], expected));
  const wrong = wrongs.find((it) => it !== undefined);
  if (!wrong) return { tile, contender, times: [] };
  contender.dispose();
  return { tile, why: `wrong: ${wrong}` };
}
