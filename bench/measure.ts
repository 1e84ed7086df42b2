/** Time. */
import { gpu } from "../src/gpu/device.ts";
import { scope } from "../src/tensor/scope.ts";
import type { Tensor } from "../src/tensor/tensor.ts";
import { fillingRuns, type Runnable, wallClock } from "../src/tune/timing.ts";
import type { Prepared } from "./work.ts";

/** How long one sample lasts at least, so that the 11 ms of its readback are a small part of it. */
const SAMPLE_MS = 500;
const SAMPLES = 5;

/** The median time of one run in milliseconds: of five samples, each of as many runs as fill half a second. */
export async function medianMs(work: Runnable, sampleMs: number = SAMPLE_MS): Promise<number> {
  return (await samples(work, sampleMs))[SAMPLES >> 1];
}

/** The time of one run in the fastest of those samples: what a limit is, also where other programs run beside it. */
export async function fastestMs(work: Runnable, sampleMs: number = SAMPLE_MS): Promise<number> {
  return (await samples(work, sampleMs))[0];
}

/** The times of one run in each sample, sorted. */
async function samples(work: Runnable, sampleMs: number): Promise<number[]> {
  const runs = await fillingRuns(work, sampleMs, wallClock);
  const times: number[] = [];
  for (let i = 0; i < SAMPLES; i++) times.push(await wallClock(work, runs));
  return times.map((time) => time / runs).sort((a, b) => a - b);
}

/** Dispatches that were encoded by `encode`, to be timed: `first` is read to wait for them. */
export function replayed(encode: () => void, first: Tensor): Prepared {
  const recording = gpu().recordings.record(() => {
    using _ = scope();
    encode();
  });
  return {
    run: () => gpu().recordings.replay(recording),
    wait: async () => void await first.read(),
    dispose: () => gpu().recordings.discard(recording),
  };
}
