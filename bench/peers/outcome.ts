/** The first runs of a work: what comes out of them, and whether it is what came out of ours. */
import { RunError } from "../../src/base/errors.ts";
import { relativeError } from "../../src/reference/relative_error.ts";
import { networkOf, type Runnable, type WorkName } from "./program.ts";

/** Training steps before the timed ones. */
const FIRST_STEPS = 4;
const SAMPLES = 256;
const BAR = 1e-3;
/** Rounding errors grow from step to step. */
const LAST_BAR = 1e-2;

/** What the first runs gave, and how long they took. */
export interface Outcome {
  /** Of an op a sample of its result; of a training step the losses of its first steps. */
  outcome: Float32Array;
  /** Milliseconds of the first training step, until its loss has been read. */
  firstMs: number | null;
  /** Milliseconds of the last run. */
  lastMs: number;
}

/** Runs a work for the first times. */
export async function outcomeOf(work: WorkName, { run, read, wait }: Runnable): Promise<Outcome> {
  const times: number[] = [], losses: number[] = [];
  const timed = async <T>(f: () => Promise<T>) => {
    const start = performance.now();
    run();
    const value = await f();
    times.push(performance.now() - start);
    return value;
  };
  if (networkOf(work)) {
    for (let i = 0; i < FIRST_STEPS; i++) losses.push((await timed(read))[0]);
    const [firstMs] = times, lastMs = times[FIRST_STEPS - 1];
    return { outcome: Float32Array.from(losses), firstMs, lastMs };
  }
  await timed(wait);
  const outcome = sampleOf(await read());
  await timed(wait);
  return { outcome, firstMs: null, lastMs: times[1] };
}

/** Elements spread over the whole of an array. */
export function sampleOf(values: Float32Array): Float32Array {
  const count = Math.min(SAMPLES, values.length);
  return Float32Array.from(
    { length: count },
    (_, i) => values[Math.floor(i * (values.length - 1) / Math.max(1, count - 1))],
  );
}

/**
 * Compares what a program's first runs gave with ours: a sample of an op's result within 1e-3 (relative in L2); of
 * training steps the first loss within 1e-3, the last within 1e-2, and it must have fallen.
 *
 * @throws {RunError} With the program's name.
 */
export function checkOutcome(
  program: string,
  work: WorkName,
  found: Float32Array,
  ours: Float32Array,
): void {
  const refuse = (state: string): never => {
    throw new RunError(`Cannot time ${program} on ${work}: ${state}`);
  };
  if (found.length !== ours.length) refuse(`it gave ${found.length} values, ours ${ours.length}`);
  if (!networkOf(work)) {
    const apart = relativeError(found, ours);
    if (!(apart <= BAR)) refuse(`its result is ${apart.toExponential(1)} away from ours`);
    return;
  }
  const last = found.length - 1;
  for (const [step, bar] of [[0, BAR], [last, LAST_BAR]]) {
    const apart = Math.abs(found[step] - ours[step]) / Math.abs(ours[step]);
    if (!(apart <= bar)) {
      refuse(`its loss at step ${step + 1} is ${found[step]}, ours is ${ours[step]}`);
    }
  }
  if (!(found[last] < found[0])) {
    refuse(`its loss does not fall: ${found[0]} at step 1, ${found[last]} at step ${last + 1}`);
  }
}
